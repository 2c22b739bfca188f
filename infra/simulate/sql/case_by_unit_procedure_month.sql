-- Every column of the rollup for months that begin in [first, last). Parameters: first, last.
SELECT unit, procedure AS part, month::text AS slot, r.*
FROM case_by_unit_procedure_month AS r WHERE month >= %(first)s AND month < %(last)s;
