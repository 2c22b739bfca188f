-- A page of the cases that a flow counter counts, each at most once, in the order of their codes. Parameters: after,
-- limit, counter, first, last, unit, channel, procedure, last_event_since, narrowed and those of case_narrowed.
WITH counted AS (
    SELECT subject, amount
    FROM case_flow_single
    WHERE counter = %(counter)s AND subject > %(after)s
        AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
        AND (%(last_event_since)s::timestamptz IS NULL OR last_at >= %(last_event_since)s::timestamptz)
        AND (
            NOT %(narrowed)s
            OR subject IN (
                SELECT n.subject
                FROM case_narrowed(%(due_first)s::date, %(due_last)s::date, %(step)s::text, %(changed_since)s::timestamptz) n
            )
        )
    ORDER BY subject
    LIMIT %(limit)s
)
SELECT c.amount, s.*
FROM counted c JOIN case_told s USING (subject)
ORDER BY s.subject
