-- The list of a counter of this moment. Parameters: counter, as_of, unit, channel, procedure, day, due_before.
SELECT subject, 1::bigint AS amount, %(as_of)s - due_at AS lateness
FROM case_now
WHERE CASE %(counter)s
        WHEN 'open' THEN open WHEN 'overdue' THEN open AND due_at < %(as_of)s
        WHEN 'overdue_61' THEN open AND due_61 < %(as_of)s
        WHEN 'overdue_766' THEN open AND ended_766 IS NULL AND (late_766 OR due_766 < %(as_of)s)
        WHEN 'unreturned' THEN NOT open AND due_at < %(as_of)s
    END
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
    AND (%(day)s::date IS NULL OR province_day(accepted_at) = %(day)s::date)
    AND (%(due_before)s::timestamptz IS NULL OR due_at >= %(as_of)s AND due_at < %(due_before)s::timestamptz)
