-- What each account did on each day of the past; its unit is that of most. Parameters: first, before.
SELECT day - date '1970-01-01' AS day, account, (array_agg(unit ORDER BY lookups DESC, unit))[1] AS unit,
    sum(lookups)::bigint AS lookups, sum(without_case)::bigint AS without_case, sum(not_found)::bigint AS not_found,
    bool_or(automatic > 0) AS program
FROM lookup_by_account_day
WHERE day >= %(first)s AND day < %(before)s
GROUP BY day, account
HAVING sum(lookups) > 0
ORDER BY 1, 2;
