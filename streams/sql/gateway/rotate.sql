-- Another token: the old one counts no more.
UPDATE gateway_source SET token = %(token)s, token_at = %(now)s WHERE name = %(name)s RETURNING name;
