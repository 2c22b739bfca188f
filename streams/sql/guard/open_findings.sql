-- Episodes that may still go on. Parameters: since.
SELECT rule, scope, key, id, (extract(epoch FROM began_at) * 1000000)::bigint, (extract(epoch FROM last_at) * 1000000)::bigint, lookups FROM lookup_finding WHERE last_at >= %(since)s;
