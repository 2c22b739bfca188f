-- All ways to name a thing, anew.
INSERT INTO ref_alias (kind, alias, key, valid_from, valid_to, kept)
SELECT kind, unnest(aliases), key, valid_from, valid_to, kept FROM ref_thing
UNION
SELECT kind, alias, code, valid_from, valid_to, kept FROM ref_other_name WHERE replaced_by IS NULL
