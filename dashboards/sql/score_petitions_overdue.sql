-- Petitions that are unanswered and past their deadline at a moment, by unit: when a period ends or, while it lasts, now. Of a
-- period that is over it changes by events only. Parameters: at, unit.
SELECT s.unit, count(*) AS overdue
FROM subject_state s
WHERE s.domain = 'petition' AND s.standing IN ('open', 'answered')
    AND s.opened_at < %(at)s::timestamptz AND s.due_at < %(at)s::timestamptz
    AND (s.ended_at IS NULL OR s.ended_at >= %(at)s::timestamptz)
    AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
GROUP BY s.unit
