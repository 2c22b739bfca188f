-- Rejected records of days, the newest first. Parameters: first, last, source (null: all), topics, most (rows).
SELECT id, topic, coalesce(source, '') AS source, received_at, field, rule
FROM record_refused
WHERE received_at >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
    AND received_at < coalesce((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'infinity')
    AND (%(source)s::text IS NULL OR coalesce(source, '') = %(source)s::text)
    AND topic = ANY (%(topics)s::text[])
ORDER BY received_at DESC, id DESC
LIMIT %(most)s
