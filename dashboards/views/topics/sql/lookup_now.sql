-- The operator's own limit of the province's day, the look-ups of the last ten whole minutes, and those of an account (by
-- its open finding) among them. Parameters: until, day, finding.
SELECT
    (SELECT (s.detail ->> 'lookups')::bigint FROM subject_state s
        WHERE s.domain = 'limit' AND s.standing = 'set' AND s.part = 'province' AND s.detail ->> 'window' = 'day'
        ORDER BY s.opened_at DESC LIMIT 1) AS limit_lookups,
    (SELECT coalesce(sum(m.lookups), 0)::bigint FROM lookup_minute m
        WHERE m.minute >= %(until)s - interval '10 minutes' AND m.minute < %(until)s) AS ten,
    (SELECT count(*) FROM lookup_finding f
        JOIN lookup_event e ON e.subject = f.key || '/' || %(day)s::date AND e.day = %(day)s::date
        WHERE f.id = %(finding)s AND e.time >= %(until)s - interval '10 minutes' AND e.time < %(until)s) AS of_account
