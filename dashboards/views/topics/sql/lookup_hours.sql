-- Look-ups by day and hour of the province. Parameters: first, last (days).
SELECT province_day(hour) AS day, extract(hour FROM hour AT TIME ZONE 'Asia/Ho_Chi_Minh')::integer AS hour,
    sum(lookups)::bigint AS lookups
FROM lookup_by_unit_hour
WHERE hour >= %(first)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND hour < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
GROUP BY 1, 2
