-- Kafka has these on its disk.
UPDATE action_outbox SET sent_at = clock_timestamp() WHERE number = ANY (%(numbers)s::bigint[]);
