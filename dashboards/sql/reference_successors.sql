-- Which unit took the place of which after one day and up to another, the earliest first; what is not usable was divided.
-- Parameters: after, until.
SELECT old_code, new_code, usable, valid_from
FROM ref_unit_successor
WHERE replaced_by IS NULL AND valid_from > %(after)s::date AND valid_from <= %(until)s::date
ORDER BY valid_from, old_code
