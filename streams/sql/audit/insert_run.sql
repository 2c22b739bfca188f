-- Keeps what an audit found.
INSERT INTO audit_run (scope, started_at, finished_at, cases, buckets, differences, detail)
VALUES (%(scope)s, %(started_at)s, %(finished_at)s, %(cases)s, %(buckets)s, %(differences)s, %(detail)s::json);
