-- Records that can never be processed, without their payload.
INSERT INTO dead_letter (topic_id, topic, partition, "offset", received_at, source, field, rule, hash)
SELECT %(topic_id)s, %(topic)s, %(partition)s, n."offset", moment_at(n.received), n.source, n.field, n.rule, n.hash
FROM unnest(
    %(offset)b::bigint[], %(received)b::bigint[], %(source)b::text[], %(field)b::text[], %(rule)b::text[],
    %(hash)b::bytea[]
) AS n ("offset", received, source, field, rule, hash)
ON CONFLICT DO NOTHING;
