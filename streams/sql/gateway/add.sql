-- A new source; no row where the name or the URN is taken.
INSERT INTO gateway_source (name, urn, token, types, units, created_at, token_at)
VALUES (%(name)s, %(urn)s, %(token)s, %(types)s, %(units)s, %(now)s, %(now)s)
ON CONFLICT DO NOTHING RETURNING name;
