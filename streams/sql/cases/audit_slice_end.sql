-- The last case of the slice that begins behind a case; null behind the last one.
SELECT max(subject) FROM (
    SELECT subject FROM case_history WHERE subject > %(after)s ORDER BY subject LIMIT %(size)s
) AS slice;
