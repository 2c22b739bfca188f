-- The partition's row, at its beginning if it has none yet. A re-created topic has another topic_id.
INSERT INTO stream_offset (cluster_id, topic_id, topic, partition, next, changed_at)
VALUES (%(cluster_id)s, %(topic_id)s, %(topic)s, %(partition)s, %(next)s, %(now)s)
ON CONFLICT DO NOTHING;
