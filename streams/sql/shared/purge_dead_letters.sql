-- Forgets a slice of the dead letters, the oldest first: those received before a moment, and those beyond the newest
-- so many. Parameters: before, most, slice.
DELETE FROM dead_letter
WHERE id IN (
    SELECT id FROM dead_letter
    WHERE received_at < %(before)s OR id <= (SELECT id FROM dead_letter ORDER BY id DESC OFFSET %(most)s LIMIT 1)
    ORDER BY id
    LIMIT %(slice)s
    FOR UPDATE SKIP LOCKED
);
