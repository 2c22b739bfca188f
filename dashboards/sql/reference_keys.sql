-- Every key that there is or was, by its kind; of an essential service its number.
SELECT kind, key FROM ref_thing
UNION
SELECT 'service', number::text FROM ref_service WHERE replaced_by IS NULL
