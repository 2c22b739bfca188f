-- Written by `make sql` (infra/db/written_sql.py).
-- How many rows the rollup has from a day on, and how many of them count nothing (none should).
SELECT count(*), count(*) FILTER (WHERE
    submitted = 0 AND accepted = 0 AND refused = 0 AND steps = 0 AND supplements = 0 AND supplements_received = 0
    AND extensions = 0 AND suspensions = 0 AND resumptions = 0 AND stopped = 0 AND withdrawn = 0 AND finished = 0
    AND returned = 0 AND on_time = 0 AND late = 0 AND paid = 0 AND digitised = 0 AND rated = 0 AND conflicts = 0
    AND voided = 0 AND oversized = 0 AND synced = 0 AND sync_refused = 0 AND sync_rewritten = 0 AND
    sync_code_invented = 0 AND sync_dummy_identity = 0 AND sync_attachment_repeated = 0 AND
    sync_status_missing = 0 AND chain_steps = 0 AND data_used = 0 AND on_time_61 = 0 AND late_61 = 0 AND
    on_time_766 = 0 AND late_766 = 0 AND late_real = 0 AND late_waiting = 0 AND late_sync = 0 AND
    repeated_supplements = 0 AND second_extensions = 0 AND extensions_without_letter = 0 AND
    refused_without_reason = 0 AND accepted_late = 0 AND portal_known = 0 AND results_electronic = 0 AND
    digitised_whole = 0 AND papers_reused = 0 AND population_used = 0 AND fee_cases = 0 AND paid_online = 0 AND
    dissatisfied = 0 AND accepted_online = 0 AND late_requests = 0
)
FROM case_by_procedure_day
WHERE day >= coalesce(%(since)s::date, '-infinity');
