-- The last that was loaded of each file; those that are no longer there are left out.
SELECT file, sha256, packaged FROM (
    SELECT DISTINCT ON (file) file, sha256, packaged FROM ref_load_file ORDER BY file, load_id DESC
) AS latest
WHERE sha256 IS NOT NULL
