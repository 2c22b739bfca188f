-- One subject with its history. Parameters: domain, subject.
SELECT
    s.subject, s.unit, s.part, s.standing, s.title, s.opened_at, s.due_at, s.ended_at, s.last_at, s.voided_at,
    s.oversized, s.simulated, s.detail, coalesce(h.events, '[]') AS events
FROM subject_state s LEFT JOIN subject_history h USING (domain, subject)
WHERE s.domain = %(domain)s AND s.subject = %(subject)s
