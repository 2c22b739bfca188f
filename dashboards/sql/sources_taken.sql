-- Every source of which anything was taken, with the day of its last record and how many events, most first.
SELECT source, (max(received_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS last_day, sum(events)::bigint AS events
FROM stream_source
WHERE events > 0
GROUP BY source
ORDER BY events DESC, source COLLATE "C"
