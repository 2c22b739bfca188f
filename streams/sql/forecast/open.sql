-- Histories of every open case whose deadline is ahead. Parameters: now.
SELECT o.subject, h.events
FROM case_open o JOIN case_history h ON h.subject = o.subject
WHERE o.due_at > %(now)s AND NOT h.oversized;
