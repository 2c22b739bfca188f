-- Whose token that is or was, however it ended. Parameters: token.
SELECT kind, coalesce(account, id)::text FROM access_credential WHERE token = %(token)s
