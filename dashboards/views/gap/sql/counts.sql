-- What an indicator counts by unit, own and on the national portal, and how many cases each cause has: see case_gap(). A case is
-- of the unit whose the key was on its own day, or on the portal's where only that lies in the period; until is the last day of a
-- former unit. Parameters: indicator, first, last, unit, since and until (the unit's own days), keys and days (which key became
-- another unit's on which day).
WITH gap AS (
    SELECT g.unit, g.own, g.portal, g.cause, CASE WHEN %(indicator)s = 'received' THEN province_day(s.accepted_at)
        WHEN province_day(s.ended_at) BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        THEN province_day(s.ended_at)
        ELSE coalesce(province_day(s.portal_ended_at), province_day(s.ended_at))
    END AS day
    FROM case_gap(
        %(indicator)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(unit)s::text
    ) g
    JOIN case_state s ON s.subject = g.subject
), dated AS (
    SELECT g.*, CASE WHEN cardinality(%(keys)s::text[]) > 0 THEN (
        SELECT min(c.day) - 1 FROM unnest(%(keys)s::text[], %(days)s::date[]) AS c (key, day)
        WHERE c.key = g.unit AND c.day > g.day
    ) END AS until
    FROM gap g
    WHERE g.day BETWEEN coalesce(%(since)s::date, '-infinity') AND coalesce(%(until)s::date, 'infinity')
)
SELECT g.unit, g.until, count(*) FILTER (WHERE g.own) AS own, count(*) FILTER (WHERE g.portal) AS portal,
    count(*) FILTER (WHERE g.own AND g.portal IS NOT TRUE) AS missing,
    count(*) FILTER (WHERE g.portal AND g.own IS NOT TRUE) AS extra,
    count(*) FILTER (WHERE g.cause = 'not_sent') AS not_sent,
    count(*) FILTER (WHERE g.cause = 'status_behind') AS status_behind,
    count(*) FILTER (WHERE g.cause = 'other_code') AS other_code,
    count(*) FILTER (WHERE g.cause = 'rewritten_status') AS rewritten_status,
    count(*) FILTER (WHERE g.cause = 'other_period') AS other_period,
    count(*) FILTER (WHERE g.cause = 'own_behind') AS own_behind
FROM dated g
GROUP BY g.unit, g.until
ORDER BY g.unit COLLATE "C", g.until
