-- The counters of this moment in the order of the registry, by unit, channel, procedure, day of acceptance or in total. A
-- period only bounds the rows by day: what is open now is open whenever it was accepted. Parameters: by, as_of, first, last, unit, channel,
-- procedure, day, due_before.
SELECT
    CASE %(by)s::text
        WHEN 'unit' THEN unit WHEN 'procedure' THEN procedure WHEN 'channel' THEN channel
        WHEN 'day' THEN province_day(accepted_at)::text ELSE ''
    END AS key,
    count(*) FILTER (WHERE open) AS open,
    count(*) FILTER (WHERE open AND due_at < %(as_of)s) AS overdue,
    count(*) FILTER (WHERE open AND due_61 < %(as_of)s) AS overdue_61,
    count(*) FILTER (WHERE open AND ended_766 IS NULL AND (late_766 OR due_766 < %(as_of)s)) AS overdue_766,
    count(*) FILTER (WHERE NOT open AND due_at < %(as_of)s) AS unreturned
FROM case_now
WHERE (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
    AND (%(day)s::date IS NULL OR province_day(accepted_at) = %(day)s::date)
    AND (%(due_before)s::timestamptz IS NULL OR due_at >= %(as_of)s AND due_at < %(due_before)s::timestamptz)
    AND (
        %(by)s::text <> 'day'
        OR province_day(accepted_at) BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    )
GROUP BY 1
