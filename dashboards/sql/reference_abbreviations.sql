-- Abbreviations of units' names, by the key, as they have been in use until a day. Parameters: day.
SELECT DISTINCT code, alias
FROM ref_other_name
WHERE replaced_by IS NULL AND kind = 'unit' AND note = 'abbreviation' AND valid_from <= %(day)s::date
ORDER BY code, alias
