-- Who uses names that the reference does not know: source, unit and procedure as it writes them, and how many events do. Of
-- look-ups within the days of the figures. Parameters: forms (as names are compared), keys, first, last.
WITH spoken AS (
    SELECT h.events FROM case_state s JOIN case_history h ON h.subject = s.subject WHERE s.names && %(forms)s::text[]
    UNION ALL
    SELECT h.events FROM subject_state s JOIN subject_history h ON h.domain = s.domain AND h.subject = s.subject
    WHERE s.names && %(forms)s::text[]
)
SELECT e.entry ->> 2, e.entry -> 4 ->> 'unit', e.entry -> 4 ->> 'procedure', count(*)
FROM spoken CROSS JOIN LATERAL json_array_elements(spoken.events::json) AS e (entry)
GROUP BY 1, 2, 3
UNION ALL
SELECT l.source, l.unit, NULL, count(*)
FROM lookup_event l JOIN lookup_unit u ON u.written = l.unit
WHERE u.keys && %(keys)s::text[] AND l.day BETWEEN %(first)s::date AND %(last)s::date
GROUP BY 1, 2
