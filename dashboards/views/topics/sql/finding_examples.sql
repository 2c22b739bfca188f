-- The look-ups that a finding names, without the person. Parameters: sources, ids, first, last (days).
SELECT e.time, e.unit, e.application, e.case_code, e.result
FROM unnest(%(sources)s::text[], %(ids)s::text[]) AS n (source, id)
JOIN lookup_event e ON e.source = n.source AND e.id = n.id AND e.day BETWEEN %(first)s AND %(last)s
ORDER BY e.time DESC
LIMIT 10
