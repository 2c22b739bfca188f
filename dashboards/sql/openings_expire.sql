-- Forgets a slice of the openings made before a moment, the oldest first, with their lists. Parameters: before, slice.
DELETE FROM opening
WHERE id IN (SELECT id FROM opening WHERE created_at < %(before)s ORDER BY created_at LIMIT %(slice)s)
