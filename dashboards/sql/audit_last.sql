-- The audit that ended last, for the footer: none before the first.
SELECT scope, province_clock(started_at) AS started_at, province_clock(finished_at) AS finished_at,
    cases, buckets, differences
FROM audit_run
ORDER BY audit_run.finished_at DESC, id DESC
LIMIT 1
