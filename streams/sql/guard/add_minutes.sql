-- Adds a span's look-ups to the minutes, in the order of the key.
INSERT INTO lookup_minute AS m (minute, unit, application, lookups, without_case, not_found, errors)
SELECT moment_at(n.minute * 60000000), n.unit, n.application, n.lookups, n.without_case, n.not_found, n.errors
FROM unnest(
    %(minute)s::bigint[], %(unit)s::text[], %(application)s::text[], %(lookups)s::integer[], %(without_case)s::integer[],
    %(not_found)s::integer[], %(errors)s::integer[]
) AS n (minute, unit, application, lookups, without_case, not_found, errors)
ORDER BY n.minute, n.unit COLLATE "C", n.application COLLATE "C"
ON CONFLICT (minute, unit, application) DO UPDATE SET
    lookups = m.lookups + excluded.lookups, without_case = m.without_case + excluded.without_case,
    not_found = m.not_found + excluded.not_found, errors = m.errors + excluded.errors;
