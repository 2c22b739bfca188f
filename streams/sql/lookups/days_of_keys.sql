-- How many days of accounts have look-ups that are counted under one of these keys.
SELECT count(DISTINCT (account, day)) FROM lookup_by_account_day WHERE unit = ANY (%(keys)s::text[]);
