-- A page of the cases that a flow counter counts, where one case may count more than once, and how often it does. Unit
-- means what it means in the figure: for steps the unit that did them. Parameters: as cases_single.
WITH counted AS (
    SELECT subject, sum(amount)::bigint AS amount
    FROM case_flow_repeated
    WHERE counter = %(counter)s AND subject > %(after)s
        AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        -- Nothing but a conflict lies after a case's last event, and last_at has an index.
        AND (
            %(counter)s = 'conflicts'
            OR last_at >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
        )
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
    GROUP BY subject
    ORDER BY subject
    LIMIT %(limit)s
)
SELECT c.amount, s.*
FROM counted c JOIN case_told s USING (subject)
ORDER BY s.subject
