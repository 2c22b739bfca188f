-- Cases of a unit that ended on time and late, by day. Parameters: unit, first, last.
SELECT day, sum(on_time)::bigint, sum(on_time + late)::bigint FROM case_by_unit_day
WHERE unit = %(unit)s AND day BETWEEN %(first)s::date AND %(last)s::date
GROUP BY day ORDER BY day
