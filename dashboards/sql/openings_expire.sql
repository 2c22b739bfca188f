-- Forgets the openings made before a moment, with their lists. Parameter: before.
DELETE FROM opening WHERE created_at < %(before)s
