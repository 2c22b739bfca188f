-- A page of accounts' days in the order of their keys, with how much each adds to a counter; without one each once.
-- Parameters: counter, first, last, unit, part, subject, after, limit,
-- simulated (the source that is).
SELECT CASE WHEN %(counter)s::text IS NULL THEN 1 ELSE c.amount END AS amount, lookup_subject_shown(c.subject) AS subject,
    coalesce(u.unit, '') AS unit, '' AS part, 'performed' AS standing, NULL::text AS title, e.opened_at,
    NULL::timestamptz AS due_at, NULL::timestamptz AS ended_at, e.last_at, NULL::timestamptz AS voided_at,
    false AS oversized, coalesce(e.simulated, false) AS simulated, '{}'::json AS detail
FROM lookup_counted(%(counter)s::text, %(first)s::date, %(last)s::date, %(unit)s::text, %(part)s::text) c
LEFT JOIN LATERAL (
    SELECT d.unit FROM lookup_by_account_day d
    WHERE d.account = lookup_account_of(c.subject) AND d.day = right(c.subject, 10)::date
    ORDER BY d.lookups DESC, d.unit LIMIT 1
) AS u ON true
LEFT JOIN LATERAL (
    SELECT min(e.time) AS opened_at, max(e.time) AS last_at, bool_or(e.source = %(simulated)s) AS simulated
    FROM lookup_event e
    WHERE e.subject = c.subject AND e.day = right(c.subject, 10)::date
) AS e ON true
WHERE c.amount > 0 AND c.subject COLLATE "C" > (SELECT lookup_subject_told(%(after)s))
    AND (%(subject)s::text IS NULL OR c.subject = (SELECT lookup_subject_told(%(subject)s::text)))
ORDER BY c.subject COLLATE "C"
LIMIT %(limit)s
