-- Every row of the rollup that is not the sum of the look-ups that stand, counter by counter. From a day on, or all.
WITH counted AS (
    SELECT lookup_account_of(s.subject) AS account, s.unit AS unit, s.day AS day,
        count(*) AS lookups,
        count(*) FILTER (WHERE s.case_code IS NULL) AS without_case,
        count(*) FILTER (WHERE s.result = 'not_found') AS not_found,
        count(*) FILTER (WHERE s.result = 'mismatch') AS mismatch,
        count(*) FILTER (WHERE s.result = 'error') AS errors,
        count(*) FILTER (WHERE s.channel = 'automatic') AS automatic,
        coalesce(sum(s.latency_ms), 0)::bigint AS latency_total,
        count(s.latency_ms) AS timed
    FROM lookup_standing s
    WHERE s.day >= coalesce(%(since)s::date, '-infinity')
    GROUP BY 1, 2, 3
), rolled AS (
    SELECT * FROM lookup_by_account_day WHERE day >= coalesce(%(since)s::date, '-infinity')
), compared AS (
    SELECT account, unit, day, v.counter, v.counted, v.rolled
    FROM counted c FULL JOIN rolled r USING (account, unit, day)
    CROSS JOIN LATERAL (VALUES
        ('lookups', c.lookups, r.lookups),
        ('without_case', c.without_case, r.without_case),
        ('not_found', c.not_found, r.not_found),
        ('mismatch', c.mismatch, r.mismatch),
        ('errors', c.errors, r.errors),
        ('automatic', c.automatic, r.automatic),
        ('latency_total', c.latency_total, r.latency_total),
        ('timed', c.timed, r.timed)
    ) AS v (counter, counted, rolled)
)
SELECT account::text, unit::text, day::text, counter, counted, rolled, count(*) OVER ()
FROM compared
WHERE coalesce(counted, 0) <> coalesce(rolled, 0)
ORDER BY 1, 2, 3, 4
LIMIT %(limit)s;
