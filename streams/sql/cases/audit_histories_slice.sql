-- Entries of the slice's histories of which the event table has no event. Found by its unique key, with the time.
SELECT h.subject, e.entry ->> 0, false, true
FROM case_history h CROSS JOIN LATERAL json_array_elements(h.events::json) AS e (entry)
WHERE h.subject > %(after)s AND h.subject <= %(until)s AND NOT h.oversized
    AND NOT EXISTS (
        SELECT FROM case_event v
        WHERE v.source = (e.entry ->> 2) COLLATE "C" AND v.id = (e.entry ->> 3) COLLATE "C" AND v.subject = h.subject
            AND v.time = moment_at((e.entry ->> 1)::bigint)
            AND v.kind = (e.entry ->> 0) COLLATE "C" AND v.data::text = (e.entry -> 4)::text
    )
LIMIT %(limit)s;
