-- What each unit and application did in each hour of the past. Parameters: first, before (days).
SELECT province_day(hour) - date '1970-01-01' AS day, unit, application,
    extract(hour FROM hour AT TIME ZONE 'Asia/Ho_Chi_Minh')::integer AS hour, sum(lookups)::bigint AS lookups
FROM lookup_by_unit_hour
WHERE hour >= %(first)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND hour < %(before)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
GROUP BY 1, 2, 3, 4
HAVING sum(lookups) > 0
ORDER BY 1, 2, 3, 4;
