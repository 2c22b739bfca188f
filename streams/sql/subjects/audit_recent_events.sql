-- Events that happened since a moment and that their subject's history does not hold.
SELECT v.domain, v.subject, v.kind, true, false
FROM subject_event v LEFT JOIN subject_history h ON h.domain = v.domain AND h.subject = v.subject
WHERE v.time >= %(since)s AND NOT coalesce(h.oversized, false)
    AND NOT EXISTS (
        SELECT FROM json_array_elements(h.events::json) AS e (entry)
        WHERE (e.entry ->> 0) = v.kind AND (e.entry ->> 2) = v.source AND (e.entry ->> 3) = v.id
            AND moment_at((e.entry ->> 1)::bigint) = v.time AND (e.entry -> 4)::text = v.data::text
    )
LIMIT %(limit)s;
