-- Whether there is a receiver, and when its delivery was last at work; no row: it never was.
SELECT known, seen_at, answered_at, failure, failed_at FROM hold_receiver
