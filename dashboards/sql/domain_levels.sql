-- Level counters of a domain: of each unit and part the last that stands on a day (standing_level), then summed by unit
-- and part as asked. What was told of the province stands for its part, and no unit's level is added to it. Parameters:
-- domain, counters, by, last, unit, part.
WITH standing AS MATERIALIZED (
    SELECT counter, unit, part, amount, total
    FROM standing_level(%(domain)s, %(counters)s::text[], %(last)s::date, %(unit)s::text, %(part)s::text)
)
SELECT l.counter,
    CASE WHEN %(by)s IN ('unit', 'cell') THEN l.unit ELSE '' END AS unit,
    CASE WHEN %(by)s IN ('part', 'cell') THEN l.part ELSE '' END AS part,
    sum(l.amount)::bigint
FROM standing l
WHERE %(by)s IN ('unit', 'cell') OR l.total
    OR NOT EXISTS (SELECT FROM standing t WHERE t.total AND t.counter = l.counter AND t.part = l.part)
GROUP BY 1, 2, 3
