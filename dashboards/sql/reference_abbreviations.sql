-- Abbreviations of names, by the key, as they have been in use until a day. Parameters: kind (unit, procedure), day.
SELECT DISTINCT code, alias
FROM ref_other_name
WHERE replaced_by IS NULL AND kind = %(kind)s AND note = 'abbreviation' AND valid_from <= %(day)s::date
ORDER BY code, alias
