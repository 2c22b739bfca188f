-- The span's events of every domain but cases, each once for ever, in the order of the unique key so that two spans
-- never wait in a circle. Answers, per source, how many were new.
WITH fresh AS (
    INSERT INTO subject_event
        (domain, source, id, subject, time, digest, kind, data, topic_id, partition, "offset", received_at)
    SELECT e.domain, e.source, e.id, e.subject, moment_at(e.time), e.digest, e.kind, e.data::json,
        %(topic_id)s, %(partition)s, e."offset", moment_at(e.received)
    FROM unnest(
        %(domain)s::text[], %(source)s::text[], %(id)s::text[], %(subject)s::text[], %(time)s::bigint[],
        %(digest)b::bytea[], %(kind)s::text[], %(data)s::text[], %(offset)s::bigint[], %(received)s::bigint[]
    ) AS e (domain, source, id, subject, time, digest, kind, data, "offset", received)
    ORDER BY e.domain COLLATE "C", e.source COLLATE "C", e.id COLLATE "C", e.subject COLLATE "C", e.time, e.digest
    ON CONFLICT DO NOTHING
    RETURNING source
)
SELECT source, count(*) FROM fresh GROUP BY source;
