-- The operator's own limits in force.
SELECT part AS scope, coalesce(detail ->> 'key', '') AS key, detail ->> 'window' AS window, (detail ->> 'lookups')::bigint
FROM subject_state WHERE domain = 'limit' AND standing = 'set';
