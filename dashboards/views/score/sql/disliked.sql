-- Cases with a bad last rating among those that progress counts, by unit; unit NULL is all of them together. Parameters: first,
-- last, at, unit.
SELECT unit, count(*) FILTER (WHERE NOT late) AS on_time, count(*) FILTER (WHERE late) AS late
FROM score_disliked(%(first)s::date, %(last)s::date, %(at)s::timestamptz, %(unit)s::text)
GROUP BY GROUPING SETS ((unit), ())
HAVING count(*) > 0
