-- The units of a day with their parents' names and their places on the tile map, in the order of their codes.
-- Parameters: day.
WITH units AS (
    SELECT DISTINCT ON (code) code, name, level, tier, parent, confidence
    FROM ref_unit
    WHERE replaced_by IS NULL AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
    ORDER BY code, kept, valid_from DESC
)
SELECT u.code AS key, u.name, u.level, u.tier, u.parent, p.name AS parent_name, u.confidence, t.tile_row, t.tile_col
FROM units u
LEFT JOIN units p ON p.code = u.parent
LEFT JOIN ref_tile t ON t.code = u.code AND t.replaced_by IS NULL
    AND %(day)s::date BETWEEN t.valid_from AND coalesce(t.valid_to, 'infinity')
ORDER BY u.code
