-- Opens a number of look-ups as the accounts' days that it counts and how much each adds, those with most first; returns
-- the amount and the length of the list. Parameters: id, domain, counter, filters, as_of, first, last, unit, part.
WITH list AS MATERIALIZED (
    SELECT subject, amount FROM (
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
    ) AS counted WHERE amount > 0
), head AS (
    INSERT INTO opening (id, domain, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(domain)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY amount DESC, subject), subject, amount
    FROM list
)
SELECT amount, cases FROM head
