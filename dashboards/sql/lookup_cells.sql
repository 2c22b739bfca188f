-- Every counter of look-ups by unit and application as asked ("cell" is both), or by day of the province.
-- Parameters: by, first, last, unit, part (application).
SELECT CASE WHEN %(by)s IN ('unit', 'cell') THEN r.unit ELSE '' END AS unit,
    CASE
        WHEN %(by)s IN ('part', 'cell') THEN r.application WHEN %(by)s = 'day' THEN province_day(r.hour)::text ELSE ''
    END AS part,
    sum(r.lookups)::bigint AS lookups, sum(r.without_case)::bigint AS without_case, sum(r.not_found)::bigint AS not_found,
    sum(r.mismatch)::bigint AS mismatch, sum(r.errors)::bigint AS errors, sum(r.automatic)::bigint AS automatic,
    sum(r.latency_total)::bigint AS latency_total, sum(r.timed)::bigint AS timed
FROM lookup_by_unit_hour r
WHERE r.hour >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
    AND r.hour < coalesce((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'infinity')
    AND (%(unit)s::text IS NULL OR r.unit = %(unit)s::text)
    AND (%(part)s::text IS NULL OR r.application = %(part)s::text)
GROUP BY 1, 2
