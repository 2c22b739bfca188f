-- The key that another follows ends sooner. Parameters: id, until.
UPDATE access_credential SET expires_at = least(expires_at, %(until)s) WHERE kind = 'key' AND id = %(id)s::uuid
