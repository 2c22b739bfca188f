-- The targets in force on a day. Parameters: day.
SELECT number, unit, start, target, valid_from, due, source, confidence
FROM ref_service_target
WHERE replaced_by IS NULL AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
