-- Ends the screens of a name, or the one with an id. Parameters: name, id (one of them NULL), now.
UPDATE access_credential SET ended_at = %(now)s
WHERE kind = 'device' AND ended_at IS NULL AND (name = %(name)s OR id = %(id)s::uuid)
RETURNING id::text, name
