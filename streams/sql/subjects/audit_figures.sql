-- Every row of the rollup that is not the sum of the stored contributions. From a day on, or all.
WITH stored AS (
    SELECT s.domain, (r.row ->> 0) COLLATE "C" AS counter, (r.row ->> 1) COLLATE "C" AS unit, (r.row ->> 2) COLLATE "C" AS part,
        date '1970-01-01' + (r.row ->> 3)::integer AS day, sum((r.row ->> 4)::bigint)::bigint AS amount, count(*) AS subjects
    FROM subject_state s CROSS JOIN LATERAL json_array_elements(s.contribution::json) AS r (row)
    WHERE %(since)s::date IS NULL OR s.last_at IS NULL
        OR s.last_at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    GROUP BY 1, 2, 3, 4, 5
), compared AS (
    SELECT domain, counter, unit, part, day, s.amount AS stored, f.amount AS rolled,
        (s.amount, s.subjects) IS NOT DISTINCT FROM (f.amount, f.subjects) AS same
    FROM stored s FULL JOIN subject_figure f USING (domain, counter, unit, part, day)
    WHERE %(since)s::date IS NULL OR day >= %(since)s::date
)
SELECT domain, counter, unit, part, day::text, stored, rolled, count(*) OVER ()
FROM compared
WHERE NOT same
ORDER BY 1, 2, 3, 4, 5
LIMIT %(limit)s;
