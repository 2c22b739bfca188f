-- Walks the chain. Parameter: at.
SELECT checked_at, through, broken, coalesce(encode(digest, 'hex'), '') FROM access_checked(%(at)s)
