-- Keys that became another unit's within the period, as far as anything was told of that day or a later one: others went into
-- the unit that has the key since. Parameters: first, last (no bound: null).
SELECT s.new_code, s.valid_from
FROM ref_unit_successor s
WHERE s.replaced_by IS NULL
    AND s.valid_from > coalesce(%(first)s::date, '-infinity')
    AND s.valid_from <= least(%(last)s::date, (SELECT province_day(max(last_time)) FROM stream_source))
GROUP BY s.new_code, s.valid_from
HAVING bool_or(s.old_code <> s.new_code) AND EXISTS (
    SELECT FROM ref_unit_successor o
    WHERE o.replaced_by IS NULL AND o.valid_from = s.valid_from AND o.old_code = s.new_code
)
ORDER BY s.new_code, s.valid_from
