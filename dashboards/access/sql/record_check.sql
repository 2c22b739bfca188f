-- Walks the chain. Parameter: at.
SELECT checked_at, through, broken FROM access_checked(%(at)s)
