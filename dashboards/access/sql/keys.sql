-- The keys of a role (programs, sources of the gateway) that have not ended. Parameters: role, now.
SELECT id::text, name, role, units, scopes, created_at, expires_at, used_at FROM access_credential
WHERE kind = 'key' AND role = %(role)s AND ended_at IS NULL AND expires_at > %(now)s ORDER BY name, created_at
