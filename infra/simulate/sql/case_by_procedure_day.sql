-- Every column of the rollup for days [first, last); the procedure stands in the unit's place. Parameters: first, last.
SELECT procedure AS unit, channel AS part, day::text AS slot, r.*
FROM case_by_procedure_day AS r WHERE day >= %(first)s AND day < %(last)s;
