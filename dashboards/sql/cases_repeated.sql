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
    GROUP BY subject
    ORDER BY subject
    LIMIT %(limit)s
)
SELECT c.amount,
    s.subject, s.unit, s.procedure, s.channel, s.submitted_at, s.accepted_at, s.due_at, s.ended_at, s.end_kind,
    s.returned_at, s.status, s.status_raw, s.last_at, s.last_unit, s.voided_at, s.oversized, s.simulated,
    s.portal_status, s.portal_code, s.synced_at, s.chain, s.chain_step, s.chain_agency, s.chain_since,
    s.due_61, s.due_766, s.ended_766, s.late_766, s.supplement_requests, s.office_us, s.citizen_us, s.agency_us,
    s.payment_us, s.waits_for, s.waits_since, s.late_cause, s.portal_learned_at
FROM counted c JOIN case_state s USING (subject)
ORDER BY s.subject
