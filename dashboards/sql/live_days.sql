-- Late and finished cases of each day since one, for the chart by day. Parameters: first, last, unit.
SELECT day, sum(finished)::bigint, sum(late)::bigint
FROM case_by_unit_day
WHERE day BETWEEN %(first)s AND %(last)s AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
GROUP BY day
