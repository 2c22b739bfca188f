-- Which of these events are held, letter for letter. By their place in the arrays, from 1.
SELECT n.place
FROM unnest(
    %(subject)b::text[], %(source)b::text[], %(id)b::text[], %(day)b::date[], %(time)b::bigint[], %(digest)b::bytea[]
) WITH ORDINALITY AS n (subject, source, id, day, time, digest, place)
CROSS JOIN LATERAL (
    SELECT FROM (
        SELECT e.digest FROM lookup_event e
        WHERE e.subject = n.subject AND e.source = n.source AND e.id = n.id AND e.day = n.day
        UNION ALL
        SELECT x.digest FROM lookup_exception x
        WHERE x.subject = n.subject AND x.source = n.source AND x.id = n.id AND x.time = moment_at(n.time)
    ) AS v
    WHERE v.digest = n.digest
    LIMIT 1
) AS held;
