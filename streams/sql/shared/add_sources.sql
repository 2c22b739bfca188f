-- What each source has sent through this partition.
INSERT INTO stream_source AS s
    (source, topic_id, topic, partition, events, duplicates, rejected, last_time, received_at)
SELECT n.source, %(topic_id)s, %(topic)s, %(partition)s, n.events, n.duplicates, n.rejected,
    moment_at(n.last_time), moment_at(n.received)
FROM unnest(
    %(source)b::text[], %(events)b::bigint[], %(duplicates)b::bigint[], %(rejected)b::bigint[],
    %(last_time)b::bigint[], %(received)b::bigint[]
) AS n (source, events, duplicates, rejected, last_time, received)
ON CONFLICT (source, topic_id, partition) DO UPDATE SET
    events = s.events + excluded.events,
    duplicates = s.duplicates + excluded.duplicates,
    rejected = s.rejected + excluded.rejected,
    last_time = greatest(s.last_time, excluded.last_time),
    received_at = greatest(s.received_at, excluded.received_at);
