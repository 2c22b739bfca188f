-- Dead letters, newest first, without what they said.
SELECT id, topic, partition, "offset", received_at, source, field, rule, encode(hash, 'hex'), replayed_at
FROM dead_letter
WHERE (%(source)s::text IS NULL OR source = %(source)s)
    AND (%(rule)s::text IS NULL OR rule = %(rule)s)
    AND (%(waiting)s IS NOT TRUE OR replayed_at IS NULL)
ORDER BY id DESC
LIMIT %(limit)s;
