-- Written by `make sql` (infra/db/written_sql.py).
-- Every flow counter of a span of months by one of the keys or in total, optionally of one key each.
-- No row where nothing was counted. Parameters: by, first, last (they begin and end months), unit, procedure.
SELECT
    CASE %(by)s::text
        WHEN 'unit' THEN unit
        WHEN 'procedure' THEN procedure
        ELSE ''
    END AS key,
    sum(submitted)::bigint AS submitted,
    sum(accepted)::bigint AS accepted,
    sum(refused)::bigint AS refused,
    sum(steps)::bigint AS steps,
    sum(supplements)::bigint AS supplements,
    sum(supplements_received)::bigint AS supplements_received,
    sum(extensions)::bigint AS extensions,
    sum(suspensions)::bigint AS suspensions,
    sum(resumptions)::bigint AS resumptions,
    sum(stopped)::bigint AS stopped,
    sum(withdrawn)::bigint AS withdrawn,
    sum(finished)::bigint AS finished,
    sum(returned)::bigint AS returned,
    sum(on_time)::bigint AS on_time,
    sum(late)::bigint AS late,
    sum(paid)::bigint AS paid,
    sum(digitised)::bigint AS digitised,
    sum(rated)::bigint AS rated,
    sum(conflicts)::bigint AS conflicts,
    sum(voided)::bigint AS voided,
    sum(oversized)::bigint AS oversized,
    sum(synced)::bigint AS synced,
    sum(sync_refused)::bigint AS sync_refused,
    sum(sync_rewritten)::bigint AS sync_rewritten,
    sum(sync_code_invented)::bigint AS sync_code_invented,
    sum(sync_dummy_identity)::bigint AS sync_dummy_identity,
    sum(sync_attachment_repeated)::bigint AS sync_attachment_repeated,
    sum(sync_status_missing)::bigint AS sync_status_missing,
    sum(chain_steps)::bigint AS chain_steps,
    sum(data_used)::bigint AS data_used,
    sum(on_time_61)::bigint AS on_time_61,
    sum(late_61)::bigint AS late_61,
    sum(on_time_766)::bigint AS on_time_766,
    sum(late_766)::bigint AS late_766,
    sum(late_real)::bigint AS late_real,
    sum(late_waiting)::bigint AS late_waiting,
    sum(late_sync)::bigint AS late_sync,
    sum(repeated_supplements)::bigint AS repeated_supplements,
    sum(second_extensions)::bigint AS second_extensions,
    sum(extensions_without_letter)::bigint AS extensions_without_letter,
    sum(refused_without_reason)::bigint AS refused_without_reason,
    sum(accepted_late)::bigint AS accepted_late,
    sum(portal_known)::bigint AS portal_known,
    sum(results_electronic)::bigint AS results_electronic,
    sum(digitised_whole)::bigint AS digitised_whole,
    sum(papers_reused)::bigint AS papers_reused,
    sum(population_used)::bigint AS population_used,
    sum(fee_cases)::bigint AS fee_cases,
    sum(paid_online)::bigint AS paid_online,
    sum(dissatisfied)::bigint AS dissatisfied,
    sum(accepted_online)::bigint AS accepted_online,
    sum(late_requests)::bigint AS late_requests
FROM case_by_unit_procedure_month
-- coalesce, not OR: it stays an index condition in a generic plan too.
WHERE month BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
GROUP BY 1
