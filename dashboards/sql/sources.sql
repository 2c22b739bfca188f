-- What each source has sent on each topic, over all partitions and all lives of the topic; whether it is registered at the
-- gateway.
SELECT source, topic, sum(events)::bigint AS events, sum(duplicates)::bigint AS duplicates,
    sum(rejected)::bigint AS rejected, max(last_time) AS last_time, province_clock(max(received_at)) AS received_at,
    EXISTS (SELECT FROM gateway_source AS g WHERE g.urn = source) AS registered
FROM stream_source
GROUP BY source, topic
ORDER BY source COLLATE "C", topic COLLATE "C"
