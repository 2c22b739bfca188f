-- Events of the span that were held already.
UPDATE stream_offset SET duplicates = duplicates + %(duplicates)s
WHERE cluster_id = %(cluster_id)s AND topic_id = %(topic_id)s AND partition = %(partition)s;
