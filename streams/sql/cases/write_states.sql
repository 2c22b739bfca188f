-- Written by `make sql` (infra/db/written_sql.py).
-- States of the cases whose histories have grown, each with the contribution that this transaction adds
-- for it. A lower version of the rules never overwrites a higher one.
INSERT INTO case_state AS s (
    subject, unit, procedure, channel, submitted_at, accepted_at, due_at, ended_at, end_kind, returned_at, status,
    status_raw, last_at, last_unit, flows, voided_at, oversized, simulated, portal_status, portal_code, synced_at,
    portal_ended_at, portal_rewritten, chain, chain_step, chain_agency, chain_since, due_61, due_766, ended_766,
    late_766, supplement_requests, office_us, citizen_us, agency_us, payment_us, waits_for, waits_since,
    late_cause, portal_learned_at, judged_from, judged_to, score_flags, path, path_office_s, path_waited_s,
    path_since, loops, loop_reason, chain_stays, names, deadline_moves, readings, contribution, rules_version,
    rules_edition
)
SELECT
    n.subject, n.unit, n.procedure, n.channel, moment_at(n.submitted_at), moment_at(n.accepted_at),
    moment_at(n.due_at), moment_at(n.ended_at), n.end_kind, moment_at(n.returned_at), n.status, n.status_raw,
    moment_at(n.last_at), n.last_unit, n.flows::json, moment_at(n.voided_at), n.oversized, n.simulated,
    n.portal_status, n.portal_code, moment_at(n.synced_at), moment_at(n.portal_ended_at), n.portal_rewritten,
    n.chain, n.chain_step, n.chain_agency, moment_at(n.chain_since), moment_at(n.due_61), moment_at(n.due_766),
    moment_at(n.ended_766), n.late_766, n.supplement_requests, n.office_us, n.citizen_us, n.agency_us,
    n.payment_us, n.waits_for, moment_at(n.waits_since), n.late_cause, moment_at(n.portal_learned_at),
    date '1970-01-01' + n.judged_from, date '1970-01-01' + n.judged_to, n.score_flags, n.path::text[],
    n.path_office_s::integer[], n.path_waited_s::integer[], moment_at(n.path_since), n.loops, n.loop_reason,
    n.chain_stays::json, n.names::text[], n.deadline_moves::json, n.readings::text[], n.contribution,
    %(rules_version)s, %(rules_edition)s
FROM unnest(
    %(subject)s::text[], %(unit)s::text[], %(procedure)s::text[], %(channel)s::text[], %(submitted_at)s::bigint[],
    %(accepted_at)s::bigint[], %(due_at)s::bigint[], %(ended_at)s::bigint[], %(end_kind)s::text[],
    %(returned_at)s::bigint[], %(status)s::smallint[], %(status_raw)s::text[], %(last_at)s::bigint[],
    %(last_unit)s::text[], %(flows)s::text[], %(voided_at)s::bigint[], %(oversized)s::boolean[],
    %(simulated)s::boolean[], %(portal_status)s::smallint[], %(portal_code)s::text[], %(synced_at)s::bigint[],
    %(portal_ended_at)s::bigint[], %(portal_rewritten)s::boolean[], %(chain)s::text[], %(chain_step)s::text[],
    %(chain_agency)s::text[], %(chain_since)s::bigint[], %(due_61)s::bigint[], %(due_766)s::bigint[],
    %(ended_766)s::bigint[], %(late_766)s::boolean[], %(supplement_requests)s::integer[], %(office_us)s::bigint[],
    %(citizen_us)s::bigint[], %(agency_us)s::bigint[], %(payment_us)s::bigint[], %(waits_for)s::text[],
    %(waits_since)s::bigint[], %(late_cause)s::text[], %(portal_learned_at)s::bigint[],
    %(judged_from)s::integer[], %(judged_to)s::integer[], %(score_flags)s::integer[], %(path)s::text[],
    %(path_office_s)s::text[], %(path_waited_s)s::text[], %(path_since)s::bigint[], %(loops)s::integer[],
    %(loop_reason)s::text[], %(chain_stays)s::text[], %(names)s::text[], %(deadline_moves)s::text[],
    %(readings)s::text[], %(contribution)s::text[]
) AS n (
    subject, unit, procedure, channel, submitted_at, accepted_at, due_at, ended_at, end_kind, returned_at, status,
    status_raw, last_at, last_unit, flows, voided_at, oversized, simulated, portal_status, portal_code, synced_at,
    portal_ended_at, portal_rewritten, chain, chain_step, chain_agency, chain_since, due_61, due_766, ended_766,
    late_766, supplement_requests, office_us, citizen_us, agency_us, payment_us, waits_for, waits_since,
    late_cause, portal_learned_at, judged_from, judged_to, score_flags, path, path_office_s, path_waited_s,
    path_since, loops, loop_reason, chain_stays, names, deadline_moves, readings, contribution
)
ON CONFLICT (subject) DO UPDATE SET
    unit = excluded.unit, procedure = excluded.procedure, channel = excluded.channel,
    submitted_at = excluded.submitted_at, accepted_at = excluded.accepted_at, due_at = excluded.due_at,
    ended_at = excluded.ended_at, end_kind = excluded.end_kind, returned_at = excluded.returned_at,
    status = excluded.status, status_raw = excluded.status_raw, last_at = excluded.last_at,
    last_unit = excluded.last_unit, flows = excluded.flows, voided_at = excluded.voided_at,
    oversized = excluded.oversized, simulated = excluded.simulated, portal_status = excluded.portal_status,
    portal_code = excluded.portal_code, synced_at = excluded.synced_at,
    portal_ended_at = excluded.portal_ended_at, portal_rewritten = excluded.portal_rewritten,
    chain = excluded.chain, chain_step = excluded.chain_step, chain_agency = excluded.chain_agency,
    chain_since = excluded.chain_since, due_61 = excluded.due_61, due_766 = excluded.due_766,
    ended_766 = excluded.ended_766, late_766 = excluded.late_766,
    supplement_requests = excluded.supplement_requests, office_us = excluded.office_us,
    citizen_us = excluded.citizen_us, agency_us = excluded.agency_us, payment_us = excluded.payment_us,
    waits_for = excluded.waits_for, waits_since = excluded.waits_since, late_cause = excluded.late_cause,
    portal_learned_at = excluded.portal_learned_at, judged_from = excluded.judged_from,
    judged_to = excluded.judged_to, score_flags = excluded.score_flags, path = excluded.path,
    path_office_s = excluded.path_office_s, path_waited_s = excluded.path_waited_s,
    path_since = excluded.path_since, loops = excluded.loops, loop_reason = excluded.loop_reason,
    chain_stays = excluded.chain_stays, names = excluded.names, deadline_moves = excluded.deadline_moves,
    readings = excluded.readings, contribution = excluded.contribution, rules_version = excluded.rules_version,
    rules_edition = excluded.rules_edition
WHERE (s.rules_version, s.rules_edition) <= (excluded.rules_version, excluded.rules_edition);
