-- Whoever states a name under which nothing was ever taken on any topic, by topic: rejected records, most first.
SELECT d.source, d.topic, 0::bigint AS events, 0::bigint AS duplicates, count(*) AS rejected,
    NULL::timestamptz AS last_time, max(d.received_at) AS received_at
FROM dead_letter AS d
WHERE d.source IS NOT NULL AND NOT EXISTS (SELECT FROM stream_source AS s WHERE s.source = d.source)
GROUP BY d.source, d.topic
ORDER BY rejected DESC, d.source COLLATE "C", d.topic COLLATE "C"
LIMIT 50
