-- Ends keys of a name and a role, or one of them. Parameters: role, name, id (NULL: all), now.
UPDATE access_credential SET ended_at = %(now)s
WHERE kind = 'key' AND role = %(role)s AND name = %(name)s AND ended_at IS NULL
    AND (%(id)s::uuid IS NULL OR id = %(id)s::uuid)
RETURNING id
