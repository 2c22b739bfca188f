-- Whatever may still ask: sessions of accounts that are not disabled, keys of programs, screens. The end of each is judged
-- by whoever asks, by its clock. Tokens of sources may send to the gateway and ask nothing.
SELECT c.token, c.id::text, c.kind, coalesce(c.account, c.id)::text, coalesce(a.name, c.name), coalesce(a.role, c.role),
    coalesce(a.units, c.units), c.scopes, c.expires_at, extract(epoch FROM c.idle)::float, c.used_at,
    coalesce(a.change_password, false)
FROM access_credential c LEFT JOIN access_account a ON a.id = c.account
WHERE c.role IS DISTINCT FROM 'source' AND c.ended_at IS NULL AND a.disabled_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > %(now)s)
