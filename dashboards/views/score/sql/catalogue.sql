-- The procedures of a day's catalogue, each once: whether they are offered online and have a fee; NULL where it does not say.
-- Parameters: day.
SELECT DISTINCT ON (code) code, level, online IN ('partial', 'whole') AS online, fee
FROM ref_procedure
WHERE replaced_by IS NULL AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
ORDER BY code, kept, valid_from DESC
