-- A page of the cases that a flow counter counts, in the order of their codes, and how often each counts. Unit means
-- what it means in the figure: for steps the unit that did them. Parameters: after, limit, counter, first, last, unit,
-- channel, procedure, last_event_since.
WITH counted AS (
    SELECT subject, sum(amount)::bigint AS amount
    FROM case_flow
    WHERE counter = %(counter)s AND subject > %(after)s
    AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
    GROUP BY subject
)
SELECT c.amount,
    s.subject, s.unit, s.procedure, s.channel, s.submitted_at, s.accepted_at, s.due_at, s.ended_at, s.end_kind,
    s.returned_at, s.status, s.status_raw, s.last_at, s.last_unit, s.voided_at, s.oversized, s.simulated
FROM counted c JOIN case_state s USING (subject)
WHERE (%(last_event_since)s::timestamptz IS NULL OR s.last_at >= %(last_event_since)s::timestamptz)
ORDER BY s.subject
LIMIT %(limit)s
