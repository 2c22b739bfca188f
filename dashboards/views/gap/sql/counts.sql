-- What an indicator counts by unit, own and on the national portal, and how many cases each cause has: see case_gap().
-- Parameters: indicator, first, last, unit.
SELECT g.unit, count(*) FILTER (WHERE g.own) AS own, count(*) FILTER (WHERE g.portal) AS portal,
    count(*) FILTER (WHERE g.own AND g.portal IS NOT TRUE) AS missing,
    count(*) FILTER (WHERE g.portal AND g.own IS NOT TRUE) AS extra,
    count(*) FILTER (WHERE g.cause = 'not_sent') AS not_sent,
    count(*) FILTER (WHERE g.cause = 'status_behind') AS status_behind,
    count(*) FILTER (WHERE g.cause = 'other_code') AS other_code,
    count(*) FILTER (WHERE g.cause = 'rewritten_status') AS rewritten_status,
    count(*) FILTER (WHERE g.cause = 'other_period') AS other_period,
    count(*) FILTER (WHERE g.cause = 'own_behind') AS own_behind
FROM case_gap(
    %(indicator)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(unit)s::text
) g
GROUP BY g.unit
ORDER BY g.unit COLLATE "C"
