-- Records that retention removed are gone: go on behind them and say so.
WITH moved AS (
    UPDATE stream_offset SET next = %(to)s, changed_at = %(now)s
    WHERE cluster_id = %(cluster_id)s AND topic_id = %(topic_id)s AND partition = %(partition)s AND next = %(from)s
    RETURNING topic_id, topic, partition
)
INSERT INTO stream_hole (topic_id, topic, partition, from_offset, to_offset, found_at)
SELECT topic_id, topic, partition, %(from)s, %(to)s, %(now)s FROM moved
ON CONFLICT DO NOTHING;
