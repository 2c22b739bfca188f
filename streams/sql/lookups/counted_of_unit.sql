-- What the look-ups of some days come to that write their unit so.
SELECT s.subject, s.unit, s.application, s.channel,
    (extract(epoch FROM date_trunc('hour', s.time, 'UTC')) * 1000000)::bigint,
    count(*),
    count(*) FILTER (WHERE s.case_code IS NULL),
    count(*) FILTER (WHERE s.result = 'not_found'),
    count(*) FILTER (WHERE s.result = 'mismatch'),
    count(*) FILTER (WHERE s.result = 'error'),
    count(*) FILTER (WHERE s.channel = 'automatic'),
    coalesce(sum(s.latency_ms), 0)::bigint,
    count(s.latency_ms),
    count(*) FILTER (WHERE s.latency_ms <= 100),
    count(*) FILTER (WHERE s.latency_ms > 100 AND s.latency_ms <= 250),
    count(*) FILTER (WHERE s.latency_ms > 250 AND s.latency_ms <= 500),
    count(*) FILTER (WHERE s.latency_ms > 500 AND s.latency_ms <= 1000),
    count(*) FILTER (WHERE s.latency_ms > 1000 AND s.latency_ms <= 2500),
    count(*) FILTER (WHERE s.latency_ms > 2500 AND s.latency_ms <= 5000),
    count(*) FILTER (WHERE s.latency_ms > 5000 AND s.latency_ms <= 10000)
FROM lookup_said s
WHERE s.unit = %(written)s AND s.day BETWEEN date '1970-01-01' + %(first)s::integer AND date '1970-01-01' + %(last)s::integer
GROUP BY 1, 2, 3, 4, 5;
