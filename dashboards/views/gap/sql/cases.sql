-- A page of the cases that make the difference, in the order of their codes. Parameters: indicator, first, last, unit,
-- cause, after, limit, offset.
SELECT g.subject, g.unit, g.own, g.portal, g.cause, s.status, s.ended_at, s.portal_status, s.portal_ended_at, s.portal_code,
    s.synced_at
FROM case_gap(
    %(indicator)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(unit)s::text
) g
JOIN case_state s ON s.subject = g.subject
WHERE g.cause IS NOT NULL AND (%(cause)s::text IS NULL OR g.cause = %(cause)s::text)
    AND g.subject COLLATE "C" > %(after)s
ORDER BY g.subject COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
