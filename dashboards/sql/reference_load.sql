-- The edition of the reference data: it grows with every load.
SELECT coalesce(max(id), 0) FROM ref_load
