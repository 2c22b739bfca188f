-- Every counter of look-ups by unit, application, channel, hour or day, or in total (key ''). From the rollup by unit and
-- hour; days and hours are the province's. Parameters: by, first, last, unit, application, channel.
SELECT CASE %(by)s
        WHEN 'unit' THEN r.unit WHEN 'application' THEN r.application WHEN 'channel' THEN r.channel
        WHEN 'hour' THEN to_char(r.hour AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24')
        WHEN 'day' THEN to_char(r.hour AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')
        ELSE ''
    END AS key,
    sum(r.lookups)::bigint AS lookups, sum(r.without_case)::bigint AS without_case, sum(r.not_found)::bigint AS not_found,
    sum(r.mismatch)::bigint AS mismatch, sum(r.errors)::bigint AS errors, sum(r.automatic)::bigint AS automatic,
    sum(r.latency_total)::bigint AS latency_total, sum(r.timed)::bigint AS timed
FROM lookup_by_unit_hour r
WHERE r.hour >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
    AND r.hour < coalesce((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'infinity')
    AND (%(unit)s::text IS NULL OR r.unit = %(unit)s::text)
    AND (%(application)s::text IS NULL OR r.application = %(application)s::text)
    AND (%(channel)s::text IS NULL OR r.channel = %(channel)s::text)
GROUP BY 1
ORDER BY 1
