-- Written by `make sql` (infra/db/written_sql.py).
-- Adds the span's differences to the rollup, in the order of its key.
INSERT INTO lookup_by_unit_hour AS r (
    unit, application, channel, hour, lookups, without_case, not_found, mismatch, errors, automatic,
    latency_total, timed, latency_100, latency_250, latency_500, latency_1000, latency_2500, latency_5000,
    latency_10000
)
SELECT
    n.unit, n.application, n.channel, moment_at(n.hour), n.lookups, n.without_case, n.not_found, n.mismatch,
    n.errors, n.automatic, n.latency_total, n.timed, n.latency_100, n.latency_250, n.latency_500, n.latency_1000,
    n.latency_2500, n.latency_5000, n.latency_10000
FROM unnest(
    %(unit)s::text[], %(application)s::text[], %(channel)s::text[], %(hour)s::bigint[], %(lookups)s::bigint[],
    %(without_case)s::bigint[], %(not_found)s::bigint[], %(mismatch)s::bigint[], %(errors)s::bigint[],
    %(automatic)s::bigint[], %(latency_total)s::bigint[], %(timed)s::bigint[], %(latency_100)s::bigint[],
    %(latency_250)s::bigint[], %(latency_500)s::bigint[], %(latency_1000)s::bigint[], %(latency_2500)s::bigint[],
    %(latency_5000)s::bigint[], %(latency_10000)s::bigint[]
) AS n (
    unit, application, channel, hour, lookups, without_case, not_found, mismatch, errors, automatic,
    latency_total, timed, latency_100, latency_250, latency_500, latency_1000, latency_2500, latency_5000,
    latency_10000
)
ORDER BY n.hour, n.unit COLLATE "C", n.application COLLATE "C", n.channel COLLATE "C"
ON CONFLICT (hour, unit, application, channel) DO UPDATE SET
    lookups = r.lookups + excluded.lookups, without_case = r.without_case + excluded.without_case,
    not_found = r.not_found + excluded.not_found, mismatch = r.mismatch + excluded.mismatch,
    errors = r.errors + excluded.errors, automatic = r.automatic + excluded.automatic,
    latency_total = r.latency_total + excluded.latency_total, timed = r.timed + excluded.timed,
    latency_100 = r.latency_100 + excluded.latency_100, latency_250 = r.latency_250 + excluded.latency_250,
    latency_500 = r.latency_500 + excluded.latency_500, latency_1000 = r.latency_1000 + excluded.latency_1000,
    latency_2500 = r.latency_2500 + excluded.latency_2500, latency_5000 = r.latency_5000 + excluded.latency_5000,
    latency_10000 = r.latency_10000 + excluded.latency_10000;
