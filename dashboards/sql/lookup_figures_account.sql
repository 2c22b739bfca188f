-- Every counter of look-ups by account, unit or day, or in total (key ''), with an account or a unit as filter; those with
-- the most look-ups first. From the rollup by account and day; accounts as whoever asks may see them.
-- Parameters: by, first, last, unit, account, limit.
SELECT CASE WHEN %(by)s = 'account' THEN lookup_account_shown(f.key) ELSE f.key END AS key,
    f.lookups, f.without_case, f.not_found, f.mismatch, f.errors, f.automatic, f.latency_total, f.timed
FROM (
    SELECT CASE %(by)s WHEN 'account' THEN r.account WHEN 'unit' THEN r.unit WHEN 'day' THEN r.day::text ELSE '' END AS key,
        sum(r.lookups)::bigint AS lookups, sum(r.without_case)::bigint AS without_case,
        sum(r.not_found)::bigint AS not_found, sum(r.mismatch)::bigint AS mismatch, sum(r.errors)::bigint AS errors,
        sum(r.automatic)::bigint AS automatic, sum(r.latency_total)::bigint AS latency_total,
        sum(r.timed)::bigint AS timed
    FROM lookup_by_account_day r
    WHERE r.day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR r.unit = %(unit)s::text)
        AND (%(account)s::text IS NULL OR r.account = (SELECT lookup_account_told(%(account)s::text)))
    GROUP BY 1
    ORDER BY lookups DESC, 1
    LIMIT %(limit)s
) AS f
ORDER BY f.lookups DESC, f.key
