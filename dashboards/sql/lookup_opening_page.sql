-- A page of such an opening, with the unit from which most of each account's day came. Parameters: id, after, limit,
-- simulated (the source that is).
SELECT i.position, i.amount, lookup_subject_shown(i.subject) AS subject,
    coalesce(u.unit, '') AS unit, '' AS part, 'performed' AS standing, NULL::text AS title, e.opened_at,
    NULL::timestamptz AS due_at, NULL::timestamptz AS ended_at, e.last_at, NULL::timestamptz AS voided_at,
    false AS oversized, coalesce(e.simulated, false) AS simulated, '{}'::json AS detail
FROM opening_item i
LEFT JOIN LATERAL (
    SELECT d.unit FROM lookup_by_account_day d
    WHERE d.account = lookup_account_of(i.subject) AND d.day = right(i.subject, 10)::date
    ORDER BY d.lookups DESC, d.unit LIMIT 1
) AS u ON true
LEFT JOIN LATERAL (
    SELECT min(e.time) AS opened_at, max(e.time) AS last_at, bool_or(e.source = %(simulated)s) AS simulated
    FROM lookup_event e
    WHERE e.subject = i.subject AND e.day = right(i.subject, 10)::date
) AS e ON true
WHERE i.opening_id = %(id)s AND i.position > %(after)s
ORDER BY i.position
LIMIT %(limit)s
