-- Ends credentials: one by its id, or all of an account. Parameters: now, id, account (one of them NULL), but.
UPDATE access_credential SET ended_at = %(now)s
WHERE ended_at IS NULL AND (id = %(id)s::uuid OR account = %(account)s::uuid) AND id IS DISTINCT FROM %(but)s::uuid
RETURNING id::text
