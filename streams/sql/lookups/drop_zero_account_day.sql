-- Written by `make sql` (infra/db/written_sql.py).
-- Rows of which nothing is left.
DELETE FROM lookup_by_account_day r
USING unnest(%(account)s::text[], %(unit)s::text[], %(day)s::integer[]) AS n (account, unit, day)
WHERE r.account = n.account AND r.unit = n.unit AND r.day = date '1970-01-01' + n.day
    AND r.lookups = 0 AND r.without_case = 0 AND r.not_found = 0 AND r.mismatch = 0 AND r.errors = 0 AND
    r.automatic = 0 AND r.latency_total = 0 AND r.timed = 0;
