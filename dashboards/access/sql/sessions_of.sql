-- The sessions of an account that have not ended, the latest first. Parameters: account, now.
SELECT id::text, name, created_at, used_at, used_from
FROM access_credential
WHERE account = %(account)s::uuid AND ended_at IS NULL AND expires_at > %(now)s
ORDER BY used_at DESC
