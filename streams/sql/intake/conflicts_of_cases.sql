-- How many versions of events of cases did not count, in all.
SELECT coalesce(sum(conflicts), 0)::bigint FROM case_by_unit_day;
