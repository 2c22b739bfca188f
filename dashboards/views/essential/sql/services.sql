-- The services of a day in the order of their numbers, and whether the catalogue has any of their procedures that day.
-- Parameters: day.
SELECT s.number, s.name, coalesce(s.short_name, s.name) AS short_name, s.decision, s.lead_agency, string_to_array(coalesce(s.procedure_codes, ''), '|') AS codes,
    s.confidence, s.code_confidence, coalesce(known.any_known, false) AS known, known.online
FROM (
    SELECT DISTINCT ON (number) * FROM ref_service
    WHERE replaced_by IS NULL AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
    ORDER BY number, kept, valid_from DESC
) AS s
CROSS JOIN LATERAL (
    SELECT count(*) > 0 AS any_known, array_agg(DISTINCT coalesce(p.online, 'unknown')) AS online
    FROM ref_procedure p
    WHERE p.replaced_by IS NULL AND p.code = ANY (string_to_array(s.procedure_codes, '|'))
        AND %(day)s::date BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
) AS known
ORDER BY s.number
