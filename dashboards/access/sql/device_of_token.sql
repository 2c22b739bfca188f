-- The screen to which a token was given, however long ago. Parameters: token.
SELECT id::text, name, scopes, ended_at FROM access_credential WHERE kind = 'device' AND token = %(token)s
