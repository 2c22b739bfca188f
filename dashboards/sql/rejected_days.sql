-- Rejected records by day, topic and source. Parameters: first, last.
SELECT province_day(received_at) AS day, topic, coalesce(source, '') AS source, count(*)
FROM record_refused
WHERE province_day(received_at) BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
GROUP BY 1, 2, 3
