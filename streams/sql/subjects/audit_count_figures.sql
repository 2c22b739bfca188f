-- How many rows the rollup has from a day on.
SELECT count(*) FROM subject_figure WHERE %(since)s::date IS NULL OR day >= %(since)s::date;
