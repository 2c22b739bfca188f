-- The oldest commands that Kafka does not have yet. Locked: of several relays each has its own.
SELECT number, domain, subject, event FROM action_outbox
WHERE sent_at IS NULL
ORDER BY number
LIMIT %(limit)s
FOR UPDATE SKIP LOCKED;
