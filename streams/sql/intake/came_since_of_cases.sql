-- Of these events those that this topic brought at or behind these places, of its partitions in their order.
SELECT e.subject, e.digest
FROM unnest(
    %(source)s::text[], %(id)s::text[], %(subject)s::text[], %(time)s::bigint[], %(digest)b::bytea[]
) AS k (source, id, subject, at, digest)
JOIN case_event e ON (e.source, e.id, e.subject, e.time, e.digest)
    = (k.source, k.id, k.subject, moment_at(k.at), k.digest)
WHERE e.time BETWEEN moment_at(%(first)s) AND moment_at(%(last)s) AND e.topic_id = %(topic_id)s
    AND e."offset" >= coalesce((%(since)s::bigint[])[e.partition + 1], 0);
