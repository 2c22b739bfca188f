-- Level counters of a domain as they stood on each day on which one of its units or parts was measured or a unit
-- ended; NULL where none stands any more. From the day on which the province's is told first, it stands for its part
-- and no unit's is added to it. Parameters: domain, counters, first, last (of what was measured), until (of what
-- ended), unit, part.
WITH told AS MATERIALIZED (
    SELECT f.counter, f.unit, f.part, f.day, f.amount,
        EXISTS (SELECT FROM ref_unit u WHERE u.code = f.unit AND u.tier = 'province' AND u.replaced_by IS NULL) AS total
    FROM subject_level f
    WHERE f.domain = %(domain)s AND f.counter = ANY (%(counters)s) AND f.day <= coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR f.unit = %(unit)s::text)
        AND (%(part)s::text IS NULL OR f.part = %(part)s::text)
), counted AS MATERIALIZED ( -- each until the next, the province's first, or the end of its unit
    SELECT f.counter, f.day, f.amount,
        least(lead(f.day) OVER (PARTITION BY f.counter, f.unit, f.part ORDER BY f.day), t.day, e.day) AS until
    FROM told f
    LEFT JOIN (SELECT counter, part, min(day) AS day FROM told WHERE total GROUP BY counter, part) t
        ON t.counter = f.counter AND t.part = f.part AND NOT f.total
    LEFT JOIN unit_end e
        ON e.unit = f.unit AND f.day >= e.since AND f.day < e.day AND e.day <= coalesce(%(until)s::date, 'infinity')
    WHERE t.day IS NULL OR f.day < t.day
), steps AS (
    SELECT counter, day, amount AS change, 1 AS standing FROM counted
    UNION ALL
    SELECT counter, until, -amount, -1 FROM counted WHERE until IS NOT NULL
), levels AS (
    SELECT counter, day, sum(sum(change)) OVER days AS amount, sum(sum(standing)) OVER days AS standing
    FROM steps
    GROUP BY counter, day
    WINDOW days AS (PARTITION BY counter ORDER BY day)
)
SELECT counter, '' AS unit, day::text AS part, CASE WHEN standing > 0 THEN amount::bigint END
FROM levels
WHERE day >= coalesce(%(first)s::date, '-infinity')
