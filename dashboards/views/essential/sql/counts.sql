-- What the cases of services count as, by service and unit: see service_case(). Parameters: first, last, number, unit.
SELECT c.number, c.unit, counted.as, count(*) AS cases
FROM service_case(
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(number)s::integer, %(unit)s::text
) c
CROSS JOIN LATERAL unnest(c.counts_as) AS counted ("as")
GROUP BY c.number, c.unit, counted.as
