-- A finding that the cases' later events have shown to be none: it stays, and says so. Parameters: rule, day_began, keys
-- (accounts that are still found), now.
UPDATE lookup_finding SET cleared_at = %(now)s
WHERE rule = %(rule)s AND cleared_at IS NULL AND seen_at >= %(day_began)s AND NOT (key = ANY (%(keys)s::text[]));
