-- A case as lists, pages and the data API tell it; its columns stood in each of their queries. What only one page shows
-- (its deadlines' moves, readings, counts) is not among them.
CREATE VIEW case_told AS
SELECT s.subject, s.unit, s.procedure, s.channel, s.submitted_at, s.accepted_at, s.due_at, s.ended_at, s.end_kind,
    s.returned_at, s.status, s.status_raw, s.last_at, s.last_unit, s.voided_at, s.oversized, s.simulated,
    s.portal_status, s.portal_code, s.synced_at, s.chain, s.chain_step, s.chain_agency, s.chain_since,
    s.due_61, s.due_766, s.ended_766, s.late_766, s.supplement_requests, s.office_us, s.citizen_us, s.agency_us,
    s.payment_us, s.waits_for, s.waits_since, s.late_cause, s.portal_learned_at
FROM case_state s;
