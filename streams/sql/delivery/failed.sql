-- A try came to nothing. Parameters: subject, message, next_at, failure.
UPDATE hold_delivery SET next_at = %(next_at)s, failure = %(failure)s
WHERE subject = %(subject)s AND message = %(message)s AND answered_at IS NULL
