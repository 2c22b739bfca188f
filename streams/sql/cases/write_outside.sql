-- Of these cases the events that are outside, instead of those that were. Their rows are locked with the case.
WITH n AS (
    SELECT n.subject, n.source, n.id, n.time, n.digest, n.kind, n.unit
    FROM unnest(
        %(outside_subject)s::text[], %(source)s::text[], %(id)s::text[], %(time)s::bigint[], %(digest)b::bytea[],
        %(kind)s::text[], %(unit)s::text[]
    ) AS n (subject, source, id, time, digest, kind, unit)
), gone AS (
    DELETE FROM event_outside o
    WHERE o.domain = 'case' AND o.subject = ANY (%(subjects)s::text[])
        AND (o.subject, o.source, o.id, o.digest) NOT IN (SELECT n.subject, n.source, n.id, n.digest FROM n)
)
INSERT INTO event_outside (domain, subject, source, id, digest, kind, unit, topic, received_at)
SELECT 'case', n.subject, n.source, n.id, n.digest, n.kind, n.unit,
    coalesce((SELECT f.topic FROM stream_offset f WHERE f.topic_id = e.topic_id LIMIT 1), ''), e.received_at
FROM n JOIN case_event e ON e.source = n.source AND e.id = n.id AND e.subject = n.subject
    AND e.time = moment_at(n.time) AND e.digest = n.digest
ON CONFLICT DO NOTHING;
