-- Rejected records by day, topic and source. Parameters: first, last.
SELECT province_day(received_at) AS day, topic, coalesce(source, '') AS source, count(*)
FROM record_refused
WHERE received_at >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
    AND received_at < coalesce((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'infinity')
GROUP BY 1, 2, 3
