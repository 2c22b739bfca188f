-- How many procedures the catalogue of a day has by level, of how many it knows whether they are offered online, how many are,
-- and how many have a fee. Parameters: day.
SELECT level, count(online) AS known, count(*) FILTER (WHERE online IN ('partial', 'whole')) AS online,
    count(*) FILTER (WHERE fee) AS fee
FROM (
    SELECT DISTINCT ON (code) code, level, online, fee
    FROM ref_procedure
    WHERE replaced_by IS NULL AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
    ORDER BY code, kept, valid_from DESC
) p
GROUP BY level
