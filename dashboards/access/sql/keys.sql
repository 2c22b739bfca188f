-- The keys that have not ended. Parameters: now.
SELECT id::text, name, units, scopes, created_at, expires_at, used_at FROM access_credential
WHERE kind = 'key' AND ended_at IS NULL AND expires_at > %(now)s ORDER BY name, created_at
