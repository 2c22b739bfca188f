-- Written by `make sql` (infra/db/written_sql.py).
-- Every counter of every row of the rollup that is not the sum of the stored contributions.
-- From a day on, or all.
WITH stored AS (
    SELECT
        (c.contribution ->> 0) COLLATE "C" AS procedure, date '1970-01-01' + (r.row ->> 1)::integer AS day, (c.contribution ->> 1) COLLATE "C" AS channel,
        (r.row ->> 2) COLLATE "C" AS counter, sum((r.row ->> 3)::bigint) AS amount
    FROM (
        SELECT contribution::json AS contribution FROM case_state
        WHERE %(since)s::date IS NULL OR last_at IS NULL
            OR last_at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    ) AS c CROSS JOIN LATERAL json_array_elements(c.contribution -> 2) AS r (row)
    GROUP BY 1, 2, 3, 4
), rolled AS (
    SELECT b.procedure, b.day, b.channel, n.key COLLATE "C" AS counter, n.value::bigint AS amount
    FROM case_by_procedure_day b
    CROSS JOIN LATERAL jsonb_each_text(to_jsonb(b) - ARRAY['procedure', 'day', 'channel']) AS n
    WHERE n.value <> '0'
), compared AS (
    SELECT procedure, day, channel, counter, coalesce(s.amount, 0) AS stored, coalesce(r.amount, 0) AS rolled
    FROM stored s FULL JOIN rolled r USING (procedure, day, channel, counter)
    WHERE %(since)s::date IS NULL OR day >= %(since)s::date
)
SELECT procedure::text, day::text, channel::text, counter, stored::bigint, rolled::bigint, count(*) OVER ()
FROM compared
WHERE stored <> rolled
ORDER BY 1, 2, 3, 4
LIMIT %(limit)s;
