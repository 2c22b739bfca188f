-- A new source; no row where the name or the URN is taken.
INSERT INTO gateway_source (name, urn, types, units, created_at)
VALUES (%(name)s, %(urn)s, %(types)s, %(units)s, %(now)s)
ON CONFLICT DO NOTHING RETURNING name;
