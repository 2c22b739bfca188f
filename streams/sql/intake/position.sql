-- How far one topic of one cluster has been taken, by partition.
SELECT partition, next
FROM stream_offset
WHERE cluster_id = %(cluster_id)s AND topic_id = %(topic_id)s;
