-- Every difference between the event table and the histories: an event that its history lacks, an entry without event.
-- Both sides letter for letter.
WITH entry AS (
    SELECT h.domain, h.subject, e.entry ->> 0 AS kind, (e.entry ->> 1)::bigint AS time, e.entry ->> 2 AS source,
        e.entry ->> 3 AS id, (e.entry -> 4)::text AS data
    FROM subject_history h CROSS JOIN LATERAL json_array_elements(h.events::json) AS e (entry)
    WHERE NOT h.oversized
), event AS (
    SELECT e.domain, e.subject, e.kind, (extract(epoch FROM e.time) * 1000000)::bigint AS time, e.source, e.id,
        e.data::text AS data
    FROM subject_event e LEFT JOIN subject_history h ON h.domain = e.domain AND h.subject = e.subject
    WHERE NOT coalesce(h.oversized, false)
)
SELECT coalesce(n.domain, v.domain), coalesce(n.subject, v.subject), coalesce(n.kind COLLATE "C", v.kind),
    v.subject IS NOT NULL, n.subject IS NOT NULL
FROM entry n FULL JOIN event v
    ON n.domain = v.domain AND n.subject = v.subject AND n.source = v.source COLLATE "C" AND n.id = v.id COLLATE "C"
    AND n.time = v.time AND n.kind = v.kind COLLATE "C" AND n.data = v.data
WHERE n.subject IS NULL OR v.subject IS NULL
ORDER BY 1, 2
LIMIT %(limit)s;
