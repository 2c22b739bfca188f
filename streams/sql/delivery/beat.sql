-- The delivery is at work. Parameters: known, now.
INSERT INTO hold_receiver AS r (known, seen_at) VALUES (%(known)s, %(now)s)
ON CONFLICT (single) DO UPDATE SET known = excluded.known, seen_at = excluded.seen_at
