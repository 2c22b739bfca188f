-- A page of a service's cases that count as something, in the order of their codes. Parameters: first, last, number,
-- unit, group, after, limit, offset.
SELECT s.subject, s.unit, s.procedure, s.channel, s.accepted_at, s.ended_at, s.end_kind, s.supplement_requests,
    s.portal_status, s.synced_at
FROM service_case(
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(number)s::integer, %(unit)s::text
) c
JOIN case_state s ON s.subject = c.subject
WHERE %(group)s::text = ANY (c.counts_as) AND c.subject COLLATE "C" > %(after)s
ORDER BY c.subject COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
