-- Every content that was ever loaded.
SELECT DISTINCT file, sha256 FROM ref_load_file WHERE sha256 IS NOT NULL
