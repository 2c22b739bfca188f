-- Cases that are open at a moment as Quyết định 766 counts them, by unit; unit NULL is all of them together. Parameters: at,
-- last, unit.
SELECT unit, count(*) FILTER (WHERE NOT overdue) AS within, count(*) FILTER (WHERE overdue) AS overdue
FROM score_open(%(at)s::timestamptz, %(last)s::date, %(unit)s::text)
GROUP BY GROUPING SETS ((unit), ())
HAVING count(*) > 0
