-- Written by `make sql` (infra/db/written_sql.py).
-- Rows of which nothing is left.
DELETE FROM case_by_unit_day r
USING unnest(%(unit)s::text[], %(day)s::integer[], %(channel)s::text[]) AS n (unit, day, channel)
WHERE r.unit = n.unit AND r.day = date '1970-01-01' + n.day AND r.channel = n.channel
    AND r.submitted = 0 AND r.accepted = 0 AND r.refused = 0 AND r.steps = 0 AND r.supplements = 0 AND
    r.supplements_received = 0 AND r.extensions = 0 AND r.suspensions = 0 AND r.resumptions = 0 AND r.stopped = 0
    AND r.withdrawn = 0 AND r.finished = 0 AND r.returned = 0 AND r.on_time = 0 AND r.late = 0 AND r.paid = 0 AND
    r.digitised = 0 AND r.rated = 0 AND r.conflicts = 0 AND r.voided = 0 AND r.oversized = 0 AND r.synced = 0 AND
    r.sync_refused = 0 AND r.sync_rewritten = 0 AND r.sync_code_invented = 0 AND r.sync_dummy_identity = 0 AND
    r.sync_attachment_repeated = 0 AND r.sync_status_missing = 0 AND r.chain_steps = 0 AND r.data_used = 0 AND
    r.on_time_61 = 0 AND r.late_61 = 0 AND r.on_time_766 = 0 AND r.late_766 = 0 AND r.late_real = 0 AND
    r.late_waiting = 0 AND r.late_sync = 0 AND r.repeated_supplements = 0 AND r.second_extensions = 0 AND
    r.extensions_without_letter = 0 AND r.refused_without_reason = 0 AND r.accepted_late = 0 AND
    r.portal_known = 0 AND r.results_electronic = 0 AND r.digitised_whole = 0 AND r.papers_reused = 0 AND
    r.population_used = 0 AND r.fee_cases = 0 AND r.paid_online = 0 AND r.dissatisfied = 0 AND
    r.accepted_online = 0 AND r.late_requests = 0;
