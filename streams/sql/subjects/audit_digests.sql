-- Events whose digest is not that of what they say: somebody has changed the row.
SELECT domain, subject, kind
FROM subject_event
WHERE time >= %(since)s
    AND digest <> sha256(convert_to(
        '[' || to_json(subject) || ',' || to_json(kind) || ',' || (extract(epoch FROM time) * 1000000)::bigint
        || ',' || to_json(source) || ',' || to_json(id) || ',' || data::text || ']', 'UTF8'))
ORDER BY domain, subject
LIMIT %(limit)s;
