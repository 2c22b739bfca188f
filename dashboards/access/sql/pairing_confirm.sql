-- An administrator lets a screen in, once; it has a while to take its token. Nothing where no screen waits with this code.
-- Parameters: code, name, scopes, by, now, until.
UPDATE access_pairing SET name = %(name)s, scopes = %(scopes)s, confirmed_at = %(now)s, confirmed_by = %(by)s,
    expires_at = greatest(expires_at, %(until)s)
WHERE code = %(code)s AND confirmed_at IS NULL AND expires_at > %(now)s
RETURNING asked_from
