-- Accounts whose look-ups of today name cases of units that they do not work for, or cases that were over long before; with
-- what is known of the cases now. A case that nobody knows yet is judged when its events have come.
-- Parameters: day, since (moments before it are not asked), ended_before (how long a case must have been over).
SELECT lookup_account_of(l.subject) AS account, min(l.unit) AS unit, min(l.application) AS application,
    count(*) AS lookups,
    count(*) FILTER (WHERE s.unit <> coalesce(k.key, l.unit) AND s.last_unit <> coalesce(k.key, l.unit)) AS others,
    count(*) FILTER (WHERE s.ended_at < l.time - %(ended_before)s::interval) AS closed,
    (extract(epoch FROM min(l.time)) * 1000000)::bigint AS began, (extract(epoch FROM max(l.time)) * 1000000)::bigint AS last,
    (array_agg(l.source || E'\x1f' || l.id ORDER BY l.time DESC) FILTER (
        WHERE s.unit <> coalesce(k.key, l.unit) AND s.last_unit <> coalesce(k.key, l.unit)
            OR s.ended_at < l.time - %(ended_before)s::interval))[1:3] AS examples
FROM lookup_event l
JOIN case_state s ON s.subject = l.case_code
LEFT JOIN LATERAL (SELECT u.keys[cardinality(u.keys)] AS key FROM lookup_unit u WHERE u.written = l.unit) AS k ON true
WHERE l.day = %(day)s AND l.time >= %(since)s AND l.channel = 'screen' AND s.voided_at IS NULL
GROUP BY 1
HAVING count(*) FILTER (WHERE s.unit <> coalesce(k.key, l.unit) AND s.last_unit <> coalesce(k.key, l.unit)
    OR s.ended_at < l.time - %(ended_before)s::interval) > 0;
