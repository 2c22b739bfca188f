-- Every row of the rollup that is not the sum of the look-ups that stand, counter by counter. From a day on, or all.
WITH counted AS (
    SELECT s.unit AS unit, s.application AS application, s.channel AS channel, date_trunc('hour', s.time, 'UTC') AS hour,
        count(*) AS lookups,
        count(*) FILTER (WHERE s.case_code IS NULL) AS without_case,
        count(*) FILTER (WHERE s.result = 'not_found') AS not_found,
        count(*) FILTER (WHERE s.result = 'mismatch') AS mismatch,
        count(*) FILTER (WHERE s.result = 'error') AS errors,
        count(*) FILTER (WHERE s.channel = 'automatic') AS automatic,
        coalesce(sum(s.latency_ms), 0)::bigint AS latency_total,
        count(s.latency_ms) AS timed,
        count(*) FILTER (WHERE s.latency_ms <= 100) AS latency_100,
        count(*) FILTER (WHERE s.latency_ms > 100 AND s.latency_ms <= 250) AS latency_250,
        count(*) FILTER (WHERE s.latency_ms > 250 AND s.latency_ms <= 500) AS latency_500,
        count(*) FILTER (WHERE s.latency_ms > 500 AND s.latency_ms <= 1000) AS latency_1000,
        count(*) FILTER (WHERE s.latency_ms > 1000 AND s.latency_ms <= 2500) AS latency_2500,
        count(*) FILTER (WHERE s.latency_ms > 2500 AND s.latency_ms <= 5000) AS latency_5000,
        count(*) FILTER (WHERE s.latency_ms > 5000 AND s.latency_ms <= 10000) AS latency_10000
    FROM lookup_standing s
    WHERE s.day >= coalesce(%(since)s::date, '-infinity')
    GROUP BY 1, 2, 3, 4
), rolled AS (
    SELECT * FROM lookup_by_unit_hour WHERE hour >= coalesce(%(since)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
), compared AS (
    SELECT unit, application, channel, hour, v.counter, v.counted, v.rolled
    FROM counted c FULL JOIN rolled r USING (unit, application, channel, hour)
    CROSS JOIN LATERAL (VALUES
        ('lookups', c.lookups, r.lookups),
        ('without_case', c.without_case, r.without_case),
        ('not_found', c.not_found, r.not_found),
        ('mismatch', c.mismatch, r.mismatch),
        ('errors', c.errors, r.errors),
        ('automatic', c.automatic, r.automatic),
        ('latency_total', c.latency_total, r.latency_total),
        ('timed', c.timed, r.timed),
        ('latency_100', c.latency_100, r.latency_100),
        ('latency_250', c.latency_250, r.latency_250),
        ('latency_500', c.latency_500, r.latency_500),
        ('latency_1000', c.latency_1000, r.latency_1000),
        ('latency_2500', c.latency_2500, r.latency_2500),
        ('latency_5000', c.latency_5000, r.latency_5000),
        ('latency_10000', c.latency_10000, r.latency_10000)
    ) AS v (counter, counted, rolled)
)
SELECT unit::text, application::text, channel::text, hour::text, counter, counted, rolled, count(*) OVER ()
FROM compared
WHERE coalesce(counted, 0) <> coalesce(rolled, 0)
ORDER BY 1, 2, 3, 4, 5
LIMIT %(limit)s;
