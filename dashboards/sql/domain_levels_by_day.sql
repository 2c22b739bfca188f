-- Level counters of a domain as they stood on each day on which one of its units or parts was measured.
-- Parameters: domain, counters, first, last, unit, part.
WITH steps AS (
    SELECT counter, day,
        amount - coalesce(lag(amount) OVER (PARTITION BY counter, unit, part ORDER BY day), 0) AS change
    FROM subject_figure
    WHERE domain = %(domain)s AND counter = ANY (%(counters)s) AND day <= coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(part)s::text IS NULL OR part = %(part)s::text)
), levels AS (
    SELECT counter, day, sum(sum(change)) OVER (PARTITION BY counter ORDER BY day) AS amount
    FROM steps
    GROUP BY counter, day
)
SELECT counter, '' AS unit, day::text AS part, amount::bigint
FROM levels
WHERE day >= coalesce(%(first)s::date, '-infinity')
