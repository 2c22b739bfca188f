-- Level counters of a domain as they stood on each day on which one of its units or parts was measured. From the day on which
-- the province's is told first, it stands for its part and no unit's is added to it. Parameters: domain, counters, first, last,
-- unit, part.
WITH told AS MATERIALIZED (
    SELECT f.counter, f.unit, f.part, f.day, f.amount,
        EXISTS (SELECT FROM ref_unit u WHERE u.code = f.unit AND u.tier = 'province' AND u.replaced_by IS NULL) AS total
    FROM subject_level f
    WHERE f.domain = %(domain)s AND f.counter = ANY (%(counters)s) AND f.day <= coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR f.unit = %(unit)s::text)
        AND (%(part)s::text IS NULL OR f.part = %(part)s::text)
), counted AS MATERIALIZED (
    SELECT f.*, t.day AS until
    FROM told f
    LEFT JOIN (SELECT counter, part, min(day) AS day FROM told WHERE total GROUP BY counter, part) t
        ON t.counter = f.counter AND t.part = f.part AND NOT f.total
    WHERE t.day IS NULL OR f.day < t.day
), steps AS (
    SELECT counter, day,
        amount - coalesce(lag(amount) OVER (PARTITION BY counter, unit, part ORDER BY day), 0) AS change
    FROM counted
    UNION ALL
    SELECT counter, until, -amount
    FROM (
        SELECT DISTINCT ON (counter, unit, part) counter, until, amount
        FROM counted
        WHERE until IS NOT NULL
        ORDER BY counter, unit, part, day DESC
    ) AS replaced
), levels AS (
    SELECT counter, day, sum(sum(change)) OVER (PARTITION BY counter ORDER BY day) AS amount
    FROM steps
    GROUP BY counter, day
)
SELECT counter, '' AS unit, day::text AS part, amount::bigint
FROM levels
WHERE day >= coalesce(%(first)s::date, '-infinity')
