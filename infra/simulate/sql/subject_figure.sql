-- Every figure of a domain for days [first, last). Parameters: domain, first, last.
SELECT counter, unit, part, day::text, amount FROM subject_figure
WHERE domain = %(domain)s AND day >= %(first)s AND day < %(last)s;
