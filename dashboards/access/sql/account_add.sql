-- A new account; nothing where there is one. Parameters: issuer, subject, name, role, units, password (of our own alone),
-- now.
INSERT INTO access_account (
    issuer, subject, name, role, units, password, password_at, change_password, role_by_operator, created_at
)
VALUES (
    %(issuer)s, %(subject)s, %(name)s, %(role)s, %(units)s, %(password)s,
    CASE WHEN %(password)s::text IS NOT NULL THEN %(now)s END, %(password)s::text IS NOT NULL, %(issuer)s <> '', %(now)s
)
ON CONFLICT DO NOTHING
RETURNING id
