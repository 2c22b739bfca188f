-- Written by `make sql` (infra/db/written_sql.py).
-- Rows of which nothing is left.
DELETE FROM lookup_by_unit_hour r
USING unnest(%(unit)s::text[], %(application)s::text[], %(channel)s::text[], %(hour)s::bigint[]) AS n (unit, application, channel, hour)
WHERE r.unit = n.unit AND r.application = n.application AND r.channel = n.channel AND r.hour = moment_at(n.hour)
    AND r.lookups = 0 AND r.without_case = 0 AND r.not_found = 0 AND r.mismatch = 0 AND r.errors = 0 AND
    r.automatic = 0 AND r.latency_total = 0 AND r.timed = 0 AND r.latency_100 = 0 AND r.latency_250 = 0 AND
    r.latency_500 = 0 AND r.latency_1000 = 0 AND r.latency_2500 = 0 AND r.latency_5000 = 0 AND r.latency_10000 = 0;
