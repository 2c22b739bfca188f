-- A page of the subjects that a counter counts, and how much each adds, in the order of their keys. Parameters: as
-- domain_opening, and after, limit, standing, last_event_since.
SELECT c.amount,
    s.subject, s.unit, s.part, s.standing, s.title, s.opened_at, s.due_at, s.ended_at, s.last_at, s.voided_at,
    s.oversized, s.simulated, s.detail
FROM subject_counted(
    %(domain)s, %(counter)s, %(kind)s, %(first)s::date, %(last)s::date, %(unit)s::text, %(part)s::text,
    %(standings)s::text[], %(due)s::text, %(as_of)s, %(soon)s
) c
JOIN subject_state s ON s.domain = %(domain)s AND s.subject = c.subject
WHERE c.subject COLLATE "C" > %(after)s
    AND (%(standing)s::text IS NULL OR s.standing = %(standing)s::text)
    AND (%(last_event_since)s::timestamptz IS NULL OR s.last_at >= %(last_event_since)s::timestamptz)
ORDER BY c.subject COLLATE "C"
LIMIT %(limit)s
