-- A new account of our own; nothing where there is one. Parameters: subject, name, role, units, password, now.
INSERT INTO access_account (subject, name, role, units, password, password_at, change_password, created_at)
VALUES (%(subject)s, %(name)s, %(role)s, %(units)s, %(password)s, %(now)s, true, %(now)s)
ON CONFLICT DO NOTHING
RETURNING id
