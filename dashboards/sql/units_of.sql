-- How many of these cases and subjects are of each unit, as the lists show it. Parameters: cases, domains, subjects.
WITH asked AS (
    SELECT a.domain, CASE WHEN a.domain = 'lookup' THEN lookup_subject_told(a.subject) ELSE a.subject END AS subject
    FROM unnest(%(domains)s::text[], %(subjects)s::text[]) AS a (domain, subject)
), of AS (
    SELECT unit FROM case_state WHERE subject = ANY (%(cases)s::text[])
    UNION ALL
    SELECT s.unit FROM asked JOIN subject_state s USING (domain, subject) WHERE asked.domain <> 'lookup'
    UNION ALL
    -- An account's day belongs to the unit for which most was looked up.
    SELECT coalesce(u.unit, '')
    FROM asked LEFT JOIN LATERAL (
        SELECT d.unit FROM lookup_by_account_day d
        WHERE d.account = lookup_account_of(asked.subject) AND d.day = right(asked.subject, 10)::date
        ORDER BY d.lookups DESC, d.unit LIMIT 1
    ) AS u ON true
    WHERE asked.domain = 'lookup'
)
SELECT unit, count(*) FROM of GROUP BY unit
