-- Written by `make sql` (infra/db/written_sql.py).
-- Histories with what was stored of their fold, in key order.
SELECT h.subject, h.events, h.oversized, s.subject IS NOT NULL,
    s.unit, s.procedure, s.channel, (extract(epoch FROM s.submitted_at) * 1000000)::bigint,
    (extract(epoch FROM s.accepted_at) * 1000000)::bigint, (extract(epoch FROM s.due_at) * 1000000)::bigint,
    (extract(epoch FROM s.ended_at) * 1000000)::bigint, s.end_kind,
    (extract(epoch FROM s.returned_at) * 1000000)::bigint, s.status, s.status_raw,
    (extract(epoch FROM s.last_at) * 1000000)::bigint, s.last_unit, s.flows::text,
    (extract(epoch FROM s.voided_at) * 1000000)::bigint, s.oversized, s.simulated, s.portal_status, s.portal_code,
    (extract(epoch FROM s.synced_at) * 1000000)::bigint,
    (extract(epoch FROM s.portal_ended_at) * 1000000)::bigint, s.portal_rewritten, s.chain, s.chain_step,
    s.chain_agency, (extract(epoch FROM s.chain_since) * 1000000)::bigint,
    (extract(epoch FROM s.due_61) * 1000000)::bigint, (extract(epoch FROM s.due_766) * 1000000)::bigint,
    (extract(epoch FROM s.ended_766) * 1000000)::bigint, s.late_766, s.supplement_requests, s.office_us,
    s.citizen_us, s.agency_us, s.payment_us, s.waits_for, (extract(epoch FROM s.waits_since) * 1000000)::bigint,
    s.late_cause, (extract(epoch FROM s.portal_learned_at) * 1000000)::bigint, s.judged_from - date '1970-01-01',
    s.judged_to - date '1970-01-01', s.score_flags, s.path, s.path_office_s, s.path_waited_s,
    (extract(epoch FROM s.path_since) * 1000000)::bigint, s.loops, s.loop_reason, s.chain_stays::text, s.names,
    s.deadline_moves::text, s.readings,
    s.contribution,
    s.rules_version <> %(rules_version)s
        OR judged_before(s.rules_edition, s.judged_from, s.judged_to, s.procedure, s.names)
FROM case_history h FULL JOIN case_state s ON s.subject = h.subject
WHERE coalesce(h.subject, s.subject) > %(after)s
    AND (%(until)s::text IS NULL OR coalesce(h.subject, s.subject) <= %(until)s)
ORDER BY coalesce(h.subject, s.subject);
