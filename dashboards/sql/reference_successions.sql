-- When another unit took the place of a unit.
SELECT old_code, valid_from FROM ref_unit_successor WHERE replaced_by IS NULL
