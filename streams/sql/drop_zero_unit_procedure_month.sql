-- Rows of which nothing is left.
DELETE FROM case_by_unit_procedure_month r
USING unnest(%(unit)b::text[], %(procedure)b::text[], %(month)b::integer[]) AS n (unit, procedure, month)
WHERE r.unit = n.unit AND r.procedure = n.procedure AND r.month = date '1970-01-01' + n.month
    AND (r.submitted, r.accepted, r.refused, r.steps, r.supplements, r.supplements_received, r.extensions, r.suspensions, r.resumptions, r.stopped, r.withdrawn, r.finished, r.returned, r.on_time, r.late, r.paid, r.digitised, r.rated, r.synced, r.sync_refused, r.sync_rewritten, r.sync_code_invented, r.sync_dummy_identity, r.sync_attachment_repeated, r.sync_status_missing, r.chain_steps, r.data_used, r.conflicts, r.voided, r.oversized) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
