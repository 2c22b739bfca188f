-- The list of a flow counter that may count a case more than once: its cases and how often each counts.
-- Parameters: counter, as_of, first, last, unit, channel, procedure.
SELECT subject, sum(amount)::bigint AS amount, coalesce(ended_at, %(as_of)s) - due_at AS lateness
FROM case_flow_repeated
WHERE counter = %(counter)s
    AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    -- Nothing but a conflict lies after a case's last event, and last_at has an index.
    AND (
        %(counter)s = 'conflicts'
        OR last_at >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
    )
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
GROUP BY subject, due_at, ended_at
