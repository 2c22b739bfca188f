-- Every way to name a unit, procedure or sector.
SELECT kind, alias, key, valid_from, valid_to, kept FROM ref_alias
