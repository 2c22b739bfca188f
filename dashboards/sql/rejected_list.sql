-- Rejected records of days, the newest first. Parameters: first, last.
SELECT id, topic, coalesce(source, '') AS source, received_at, field, rule
FROM record_refused
WHERE province_day(received_at) BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
ORDER BY received_at DESC, id DESC
