-- Every way to name a procedure, with its maximum time and whether it has a fee within the days for which both hold.
SELECT a.alias, p.code, p.name, p.max_working_days, p.fee, p.confidence, greatest(a.valid_from, p.valid_from) AS valid_from,
    least(a.valid_to, p.valid_to) AS valid_to
FROM ref_alias a
JOIN ref_procedure p ON p.code = a.key AND p.replaced_by IS NULL
    AND daterange(a.valid_from, a.valid_to, '[]') && daterange(p.valid_from, p.valid_to, '[]')
WHERE a.kind = 'procedure';
