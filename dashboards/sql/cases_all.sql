-- A page of all cases in the order of their codes, which no change of a case moves. Parameters: after, limit, unit,
-- channel, procedure, last_event_since, code.
SELECT 1::bigint AS amount,
    s.subject, s.unit, s.procedure, s.channel, s.submitted_at, s.accepted_at, s.due_at, s.ended_at, s.end_kind,
    s.returned_at, s.status, s.status_raw, s.last_at, s.last_unit, s.voided_at, s.oversized, s.simulated,
    s.portal_status, s.portal_code, s.synced_at, s.chain, s.chain_step, s.chain_agency, s.chain_since,
    s.due_61, s.due_766, s.ended_766, s.late_766, s.supplement_requests, s.office_us, s.citizen_us, s.agency_us,
    s.payment_us, s.waits_for, s.waits_since, s.late_cause, s.portal_learned_at
FROM case_state s
WHERE s.subject > %(after)s
    AND (%(code)s::text IS NULL OR s.subject = %(code)s::text)
    AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR s.channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR s.procedure = %(procedure)s::text)
    AND (%(last_event_since)s::timestamptz IS NULL OR s.last_at >= %(last_event_since)s::timestamptz)
ORDER BY s.subject
LIMIT %(limit)s
