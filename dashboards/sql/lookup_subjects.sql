-- A page of accounts' days in the order of their keys, with how much each adds to a counter; without one each once.
-- Parameters: counter, first, last, unit, part, subject, after, limit,
-- simulated (the source that is).
WITH counted AS (
    SELECT d.account || '/' || d.day AS subject, sum(CASE %(counter)s::text
            WHEN 'lookups' THEN d.lookups WHEN 'without_case' THEN d.without_case WHEN 'not_found' THEN d.not_found
            WHEN 'mismatch' THEN d.mismatch WHEN 'errors' THEN d.errors WHEN 'automatic' THEN d.automatic
            WHEN 'latency_total' THEN d.latency_total WHEN 'timed' THEN d.timed ELSE d.lookups
        END)::bigint AS amount
    FROM lookup_by_account_day d
    WHERE %(part)s::text IS NULL
        AND d.day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR d.unit = %(unit)s::text)
    GROUP BY 1
    UNION ALL -- no rollup knows account and application together
    SELECT s.subject, sum(CASE %(counter)s::text
            WHEN 'without_case' THEN (s.case_code IS NULL)::integer WHEN 'not_found' THEN (s.result = 'not_found')::integer
            WHEN 'mismatch' THEN (s.result = 'mismatch')::integer WHEN 'errors' THEN (s.result = 'error')::integer
            WHEN 'automatic' THEN (s.channel = 'automatic')::integer WHEN 'latency_total' THEN coalesce(s.latency_ms, 0)
            WHEN 'timed' THEN (s.latency_ms IS NOT NULL)::integer ELSE 1
        END)::bigint
    FROM lookup_standing s
    WHERE %(part)s::text IS NOT NULL AND s.application = %(part)s::text
        AND s.day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
    GROUP BY s.subject
)
SELECT CASE WHEN %(counter)s::text IS NULL THEN 1 ELSE c.amount END AS amount, c.subject,
    coalesce(u.unit, '') AS unit, '' AS part, 'performed' AS standing, NULL::text AS title, e.opened_at,
    NULL::timestamptz AS due_at, NULL::timestamptz AS ended_at, e.last_at, NULL::timestamptz AS voided_at,
    false AS oversized, coalesce(e.simulated, false) AS simulated, '{}'::json AS detail
FROM counted c
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
WHERE c.amount > 0 AND c.subject COLLATE "C" > %(after)s AND (%(subject)s::text IS NULL OR c.subject = %(subject)s::text)
ORDER BY c.subject COLLATE "C"
LIMIT %(limit)s
