-- Names of what is no unit: the systems of the data centre, procedures, and plans by their numbers. Parameters: day.
SELECT DISTINCT ON (kind, key) kind, key, name
FROM (
    SELECT 'system' AS kind, code AS key, name, kept, valid_from FROM ref_system WHERE replaced_by IS NULL
    UNION ALL
    SELECT 'procedure', code, name, kept, valid_from FROM ref_procedure WHERE replaced_by IS NULL
    UNION ALL
    SELECT 'plan', plan, 'Kế hoạch ' || split_part(number, '/', 1), kept, valid_from FROM ref_plan WHERE replaced_by IS NULL
) AS named
WHERE valid_from <= %(day)s::date
ORDER BY kind, key, kept, valid_from DESC
