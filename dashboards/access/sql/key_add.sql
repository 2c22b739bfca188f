-- A new key; nothing where two of its name and role live. Parameters: token, name, role, units, scopes, now, by, expires_at.
INSERT INTO access_credential (kind, token, name, role, units, scopes, created_at, created_by, expires_at, used_at)
SELECT 'key', %(token)s, %(name)s, %(role)s, %(units)s, %(scopes)s, %(now)s, %(by)s, %(expires_at)s, %(now)s
WHERE (
    SELECT count(*) FROM access_credential
    WHERE kind = 'key' AND role = %(role)s AND name = %(name)s AND ended_at IS NULL AND expires_at > %(now)s
) < 2
RETURNING id
