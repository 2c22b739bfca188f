-- The screens that have not ended.
SELECT c.id::text, c.name, c.scopes, c.created_at, coalesce(a.name, c.created_by), c.used_at, c.used_from
FROM access_credential c LEFT JOIN access_account a ON a.id::text = c.created_by
WHERE c.kind = 'device' AND c.ended_at IS NULL ORDER BY c.name, c.created_at
