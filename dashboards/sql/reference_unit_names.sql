-- The name of every unit that there is or was, as it was called last until a day. Parameters: day.
SELECT DISTINCT ON (key) key, name
FROM ref_thing
WHERE kind = 'unit' AND valid_from <= %(day)s::date
ORDER BY key, kept, valid_from DESC
