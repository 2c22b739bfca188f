-- One dead letter.
SELECT id, topic, partition, "offset", received_at, source, field, rule, encode(hash, 'hex'), replayed_at, topic_id
FROM dead_letter WHERE id = %(id)s;
