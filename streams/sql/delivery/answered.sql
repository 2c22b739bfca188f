-- Its answer stands in the outbox. Parameters: subject, message, now.
UPDATE hold_delivery SET answered_at = %(now)s, failure = NULL WHERE subject = %(subject)s AND message = %(message)s
