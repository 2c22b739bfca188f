-- Look-ups and exceptions whose digest is not that of what they say, or whose day or replaces is not their own: somebody has
-- changed the row. Of those that happened since a moment. The text is what streams/entries/lookups.py hashes.
SELECT subject, 'performed' AS kind
FROM lookup_event
WHERE time >= %(since)s
    AND (day <> province_day(time) OR right(subject, 11) <> '/' || day OR digest <> sha256(convert_to(
        '[' || to_json(subject) || ',"performed",' || (extract(epoch FROM time) * 1000000)::bigint
        || ',' || to_json(source) || ',' || to_json(id)
        || ',{"unit":' || to_json(unit) || ',"application":' || to_json(application)
        || coalesce(',"purpose":' || to_json(purpose), '') || coalesce(',"case":' || to_json(case_code), '')
        || ',"channel":' || to_json(channel) || coalesce(',"person":' || to_json(person), '')
        || coalesce(',"fields":' || array_to_json(fields), '') || ',"result":' || to_json(result)
        || coalesce(',"latency_ms":' || latency_ms, '') || coalesce(',"client":' || to_json(client), '') || '}]', 'UTF8')))
UNION ALL
SELECT subject, kind
FROM lookup_exception
WHERE time >= %(since)s
    AND (
        right(subject, 11) <> coalesce('/' || day, right(subject, 11))
        OR day IS NULL AND kind <> 'voided'
        OR replaces_source IS DISTINCT FROM data -> 'replaces' ->> 0
        OR replaces_id IS DISTINCT FROM data -> 'replaces' ->> 1
        OR digest <> sha256(convert_to(
            '[' || to_json(subject) || ',' || to_json(kind) || ',' || (extract(epoch FROM time) * 1000000)::bigint
            || ',' || to_json(source) || ',' || to_json(id) || ',' || data::text || ']', 'UTF8'))
    )
ORDER BY 1, 2
LIMIT %(limit)s;
