-- Takes the span, if nobody has: moves the partition's offset from its start to its end. No row: somebody has.
UPDATE stream_offset
SET next = %(to)s,
    records = records + %(records)s,
    rejected = rejected + %(rejected)s,
    received_at = greatest(received_at, moment_at(%(received)s)),
    changed_at = %(now)s
WHERE cluster_id = %(cluster_id)s AND topic_id = %(topic_id)s AND partition = %(partition)s AND next = %(from)s
RETURNING next;
