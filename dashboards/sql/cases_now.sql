-- A page of the cases of a counter of this moment, in the order of their codes. Parameters: after, limit, counter, as_of,
-- unit, channel, procedure, day (of acceptance), last_event_since, narrowed and those of case_narrowed.
SELECT 1::bigint AS amount, s.*
FROM case_now o JOIN case_told s USING (subject)
WHERE o.subject > %(after)s
    AND CASE %(counter)s
        WHEN 'open' THEN o.open WHEN 'overdue' THEN o.open AND o.due_at < %(as_of)s
        WHEN 'overdue_61' THEN o.open AND o.due_61 < %(as_of)s
        WHEN 'overdue_766' THEN o.open AND o.ended_766 IS NULL AND (o.late_766 OR o.due_766 < %(as_of)s)
        WHEN 'unreturned' THEN NOT o.open AND o.due_at < %(as_of)s
    END
    AND (%(unit)s::text IS NULL OR o.unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR o.channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR o.procedure = %(procedure)s::text)
    AND (%(day)s::date IS NULL OR province_day(o.accepted_at) = %(day)s::date)
    AND (%(last_event_since)s::timestamptz IS NULL OR s.last_at >= %(last_event_since)s::timestamptz)
    AND (
        NOT %(narrowed)s
        OR s.subject IN (
            SELECT n.subject
            FROM case_narrowed(%(due_first)s::date, %(due_last)s::date, %(step)s::text, %(changed_since)s::timestamptz) n
        )
    )
ORDER BY s.subject
LIMIT %(limit)s
