-- Units that no look-up has written before, with the keys that they count under. Answers those that were new.
INSERT INTO lookup_unit (written, days, keys)
SELECT written, days::integer[], keys::text[]
FROM unnest(%(written)s::text[], %(days)s::text[], %(keys)s::text[]) AS n (written, days, keys)
ORDER BY written COLLATE "C"
ON CONFLICT DO NOTHING
RETURNING written;
