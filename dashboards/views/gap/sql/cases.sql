-- A page of the cases that make the difference, in the order of their codes. Parameters: indicator, first, last, unit,
-- since and until
-- (the unit's own days, see portal_gap), cause, after, limit, offset.
SELECT g.subject, g.unit, g.own, g.portal, g.cause, s.status, s.ended_at, s.portal_status, s.portal_ended_at, s.portal_code,
    s.synced_at
FROM case_gap(
    %(indicator)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(unit)s::text
) g
JOIN case_state s ON s.subject = g.subject
WHERE g.cause IS NOT NULL AND (%(cause)s::text IS NULL OR g.cause = %(cause)s::text)
    AND CASE WHEN %(indicator)s = 'received' THEN province_day(s.accepted_at)
        WHEN province_day(s.ended_at) BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        THEN province_day(s.ended_at)
        ELSE coalesce(province_day(s.portal_ended_at), province_day(s.ended_at))
    END BETWEEN coalesce(%(since)s::date, '-infinity') AND coalesce(%(until)s::date, 'infinity')
    AND g.subject COLLATE "C" > %(after)s
ORDER BY g.subject COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
