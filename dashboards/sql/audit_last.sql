-- The audit that ended last, for the footer: none before the first.
SELECT scope, started_at, finished_at, cases, buckets, differences
FROM audit_run
ORDER BY finished_at DESC, id DESC
LIMIT 1
