-- What one source has sent through one topic so far: new, duplicate and rejected events.
SELECT coalesce(sum(events), 0)::bigint, coalesce(sum(duplicates), 0)::bigint, coalesce(sum(rejected), 0)::bigint
FROM stream_source
WHERE source = %(source)s AND topic_id = %(topic_id)s;
