-- Keys that became another unit's within the period, as far as anything was told of that day or a later one: others
-- went into the unit that has the key since. Parameters: first, last (no bound: null).
SELECT unit, day
FROM unit_end
WHERE NOT gone AND day > coalesce(%(first)s::date, '-infinity') AND day <= coalesce(%(last)s::date, 'infinity')
ORDER BY unit, day
