-- A page of a domain's subjects in the order of their keys, which no change of one moves. Parameters: domain, after,
-- limit, unit, part, standing, last_event_since, subject, first and last (days of opening).
SELECT 1::bigint AS amount,
    s.subject, s.unit, s.part, s.standing, s.title, s.opened_at, s.due_at, s.ended_at, s.last_at, s.voided_at,
    s.oversized, s.simulated, s.detail
FROM subject_state s
WHERE s.domain = %(domain)s AND s.subject > %(after)s
    AND (%(subject)s::text IS NULL OR s.subject = %(subject)s::text)
    AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
    AND (%(part)s::text IS NULL OR s.part = %(part)s::text)
    AND (%(standing)s::text IS NULL OR s.standing = %(standing)s::text)
    AND (%(last_event_since)s::timestamptz IS NULL OR s.last_at >= %(last_event_since)s::timestamptz)
    AND (%(first)s::date IS NULL OR province_day(s.opened_at) >= %(first)s::date)
    AND (%(last)s::date IS NULL OR province_day(s.opened_at) <= %(last)s::date)
ORDER BY s.subject
LIMIT %(limit)s
