-- Corrections, voidings and further versions that are not held yet; their subjects are locked.
INSERT INTO lookup_exception (
    subject, source, id, time, digest, kind, day, data, replaces_source, replaces_id, topic_id, partition, "offset",
    received_at
)
SELECT n.subject, n.source, n.id, moment_at(n.time), n.digest, n.kind, n.day, n.data::json, n.replaces_source,
    n.replaces_id, %(topic_id)s, %(partition)s, n."offset", moment_at(n.received)
FROM unnest(
    %(subject)b::text[], %(source)b::text[], %(id)b::text[], %(time)b::bigint[], %(digest)b::bytea[], %(kind)b::text[],
    %(day)b::date[], %(data)b::text[], %(replaces_source)b::text[], %(replaces_id)b::text[], %(offset)b::bigint[],
    %(received)b::bigint[]
) AS n (
    subject, source, id, time, digest, kind, day, data, replaces_source, replaces_id, "offset", received
);
