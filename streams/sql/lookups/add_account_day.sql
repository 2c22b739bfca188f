-- Written by `make sql` (infra/db/written_sql.py).
-- Adds the span's differences to the rollup, in the order of its key.
INSERT INTO lookup_by_account_day AS r (
    account, unit, day, lookups, without_case, not_found, mismatch, errors, automatic, latency_total, timed
)
SELECT
    n.account, n.unit, date '1970-01-01' + n.day, n.lookups, n.without_case, n.not_found, n.mismatch, n.errors,
    n.automatic, n.latency_total, n.timed
FROM unnest(
    %(account)s::text[], %(unit)s::text[], %(day)s::integer[], %(lookups)s::bigint[], %(without_case)s::bigint[],
    %(not_found)s::bigint[], %(mismatch)s::bigint[], %(errors)s::bigint[], %(automatic)s::bigint[],
    %(latency_total)s::bigint[], %(timed)s::bigint[]
) AS n (
    account, unit, day, lookups, without_case, not_found, mismatch, errors, automatic, latency_total, timed
)
ORDER BY n.day, n.account COLLATE "C", n.unit COLLATE "C"
ON CONFLICT (day, account, unit) DO UPDATE SET
    lookups = r.lookups + excluded.lookups, without_case = r.without_case + excluded.without_case,
    not_found = r.not_found + excluded.not_found, mismatch = r.mismatch + excluded.mismatch,
    errors = r.errors + excluded.errors, automatic = r.automatic + excluded.automatic,
    latency_total = r.latency_total + excluded.latency_total, timed = r.timed + excluded.timed;
