-- The days on which look-ups are counted.
SELECT min(day) - date '1970-01-01', max(day) - date '1970-01-01' FROM lookup_by_account_day;
