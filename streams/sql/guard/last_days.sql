-- When each account that was there before these days was last seen. Parameters: before.
SELECT account, max(day) - date '1970-01-01' FROM lookup_by_account_day
WHERE day < %(before)s AND lookups > 0 GROUP BY account;
