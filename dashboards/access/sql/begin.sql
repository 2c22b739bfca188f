-- A new credential; its id. Parameters: kind, token, account, name, role, units, scopes, now, by, expires_at, idle_s, from.
INSERT INTO access_credential (
    kind, token, account, name, role, units, scopes, created_at, created_by, expires_at, idle, used_at, used_from
)
VALUES (
    %(kind)s, %(token)s, %(account)s::uuid, %(name)s, %(role)s, %(units)s, %(scopes)s, %(now)s, %(by)s, %(expires_at)s,
    make_interval(secs => %(idle_s)s), %(now)s, %(from)s
)
RETURNING id::text
