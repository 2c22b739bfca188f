-- Written by `make sql` (infra/db/written_sql.py).
-- How many rows the rollup has from a day on, and how many of them count nothing (none should).
SELECT count(*), count(*) FILTER (WHERE
    lookups = 0 AND without_case = 0 AND not_found = 0 AND mismatch = 0 AND errors = 0 AND automatic = 0 AND
    latency_total = 0 AND timed = 0
)
FROM lookup_by_account_day
WHERE day >= coalesce(%(since)s::date, '-infinity');
