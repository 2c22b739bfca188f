-- Of these subjects the events that are outside, instead of those that were. Their rows are locked with the subject.
WITH n AS (
    SELECT n.domain, n.subject, n.source, n.id, n.time, n.digest, n.kind, n.unit
    FROM unnest(
        %(outside_domain)s::text[], %(outside_subject)s::text[], %(source)s::text[], %(id)s::text[], %(time)s::bigint[],
        %(digest)b::bytea[], %(kind)s::text[], %(unit)s::text[]
    ) AS n (domain, subject, source, id, time, digest, kind, unit)
), gone AS (
    DELETE FROM event_outside o
    USING unnest(%(domains)s::text[], %(subjects)s::text[]) AS t (domain, subject)
    WHERE o.domain = t.domain AND o.subject = t.subject
        AND (o.domain, o.subject, o.source, o.id, o.digest)
            NOT IN (SELECT n.domain, n.subject, n.source, n.id, n.digest FROM n)
)
INSERT INTO event_outside (domain, subject, source, id, digest, kind, unit, topic, received_at)
SELECT n.domain, n.subject, n.source, n.id, n.digest, n.kind, n.unit,
    coalesce((SELECT f.topic FROM stream_offset f WHERE f.topic_id = e.topic_id LIMIT 1), ''), e.received_at
FROM n JOIN subject_event e ON e.domain = n.domain AND e.source = n.source AND e.id = n.id AND e.subject = n.subject
    AND e.time = moment_at(n.time) AND e.digest = n.digest
ON CONFLICT DO NOTHING;
