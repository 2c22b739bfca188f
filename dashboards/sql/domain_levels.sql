-- Level counters of a domain: of each unit and part the last day up to one, then summed by unit and part as asked. What was
-- told of the province stands for its part, and no unit's level is added to it. Parameters: domain, counters, by, last, unit,
-- part.
WITH latest AS MATERIALIZED (
    SELECT DISTINCT ON (f.counter, f.unit, f.part) f.counter, f.unit, f.part, f.amount,
        EXISTS (SELECT FROM ref_unit u WHERE u.code = f.unit AND u.tier = 'province' AND u.replaced_by IS NULL) AS total
    FROM subject_level f
    WHERE f.domain = %(domain)s AND f.counter = ANY (%(counters)s) AND f.day <= coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR f.unit = %(unit)s::text)
        AND (%(part)s::text IS NULL OR f.part = %(part)s::text)
    ORDER BY f.counter DESC, f.unit DESC, f.part DESC, f.day DESC -- the key backwards
)
SELECT l.counter,
    CASE WHEN %(by)s IN ('unit', 'cell') THEN l.unit ELSE '' END AS unit,
    CASE WHEN %(by)s IN ('part', 'cell') THEN l.part ELSE '' END AS part,
    sum(l.amount)::bigint
FROM latest l
WHERE %(by)s IN ('unit', 'cell') OR l.total
    OR NOT EXISTS (SELECT FROM latest t WHERE t.total AND t.counter = l.counter AND t.part = l.part)
GROUP BY 1, 2, 3
