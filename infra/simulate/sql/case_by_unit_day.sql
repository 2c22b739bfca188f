-- Every column of the rollup for days [first, last); the reader names the counters. Parameters: first, last.
SELECT unit, channel AS part, day::text AS slot, r.* FROM case_by_unit_day AS r WHERE day >= %(first)s AND day < %(last)s;
