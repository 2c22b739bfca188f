-- Where the partition stands.
SELECT next FROM stream_offset
WHERE cluster_id = %(cluster_id)s AND topic_id = %(topic_id)s AND partition = %(partition)s;
