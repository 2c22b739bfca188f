-- Every column of the rollup for hours [first, last), both channels apart. Parameters: first, last.
SELECT unit, application AS part, hour AS slot, r.* FROM lookup_by_unit_hour AS r WHERE hour >= %(first)s AND hour < %(last)s;
