-- A partition's look-ups of the last while, the latest first, at most so many: what a worker that has just begun had seen.
-- Parameters: topic_id, partition, since, day, limit.
SELECT (extract(epoch FROM time) * 1000000)::bigint, source, id, lookup_account_of(subject), unit, application, case_code, person, result,
    channel = 'screen', client
FROM lookup_event
WHERE time >= %(since)s AND day >= %(day)s AND topic_id = %(topic_id)s AND partition = %(partition)s
ORDER BY time DESC
LIMIT %(limit)s;
