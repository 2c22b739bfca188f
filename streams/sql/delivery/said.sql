-- What the receiver's last try came to. Parameters: now, failure (NULL: an answer).
UPDATE hold_receiver SET answered_at = CASE WHEN %(failure)s::text IS NULL THEN %(now)s::timestamptz ELSE answered_at END,
    failure = %(failure)s::text,
    failed_at = CASE WHEN %(failure)s::text IS NULL THEN failed_at ELSE %(now)s::timestamptz END
