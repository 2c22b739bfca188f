-- One more try, unless it was answered meanwhile. Parameters: subject, message, now, next_at.
INSERT INTO hold_delivery AS d (subject, message, tries, sent_at, next_at)
VALUES (%(subject)s, %(message)s, 1, %(now)s, %(next_at)s)
ON CONFLICT (subject, message) DO UPDATE SET tries = d.tries + 1, sent_at = excluded.sent_at, next_at = excluded.next_at
WHERE d.answered_at IS NULL
RETURNING tries
