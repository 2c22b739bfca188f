-- Findings about look-ups, accounts as whoever asks may see them; those that stand (seen in the last while, not cleared)
-- first, of these the grave ones, then the latest. Parameters: stands_since, since, until, grave (rules), id, limit,
-- offset.
SELECT f.id, f.rule, f.scope, CASE f.scope WHEN 'account' THEN lookup_account_shown(f.key) ELSE f.key END AS key, f.unit,
    f.application, f.began_at, f.seen_at, f.last_at, f.minutes, f.lookups, f.usual, f.without_case, f.not_found, f.errors,
    f.persons, f.case_code, f.days, f.limit_lookups, f.reaches_at, f.soonest_at, f.latest_at, f.examples, f.cleared_at,
    f.rule = ANY (%(grave)s::text[]) AS grave, f.last_at >= %(stands_since)s AND f.cleared_at IS NULL AS stands,
    count(*) OVER () AS whole
FROM lookup_finding f
WHERE f.last_at >= %(since)s AND f.seen_at <= %(until)s AND (%(id)s::text IS NULL OR f.id = %(id)s::text)
ORDER BY stands DESC, CASE WHEN f.last_at >= %(stands_since)s THEN f.rule = ANY (%(grave)s::text[]) END DESC NULLS LAST,
    f.last_at DESC, f.id
LIMIT %(limit)s OFFSET %(offset)s
