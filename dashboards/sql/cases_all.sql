-- A page of all cases in the order of their codes, which no change of a case moves. Parameters: after, limit, unit,
-- channel, procedure, last_event_since, code, and
-- those of case_narrowed with narrowed: whether any of them is asked for.
SELECT 1::bigint AS amount, s.*
FROM case_told s
WHERE s.subject > %(after)s
    AND (%(code)s::text IS NULL OR s.subject = %(code)s::text)
    AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR s.channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR s.procedure = %(procedure)s::text)
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
