-- A page of an opening of a domain: the positions after the given one, with what the subjects are now.
-- Parameters: id, domain, after, limit.
SELECT i.position, i.amount,
    s.subject, s.unit, s.part, s.standing, s.title, s.opened_at, s.due_at, s.ended_at, s.last_at, s.voided_at,
    s.oversized, s.simulated, s.detail
FROM opening_item i JOIN subject_state s ON s.domain = %(domain)s AND s.subject = i.subject
WHERE i.opening_id = %(id)s AND i.position > %(after)s
ORDER BY i.position
LIMIT %(limit)s
