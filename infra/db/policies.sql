-- Who may do what, in full: everything is taken away first, so what is not written here is not allowed.
-- Runs after every migration, in one transaction. Every table stands here (a test compares with the catalogue).
-- Names in braces are the logins, filled in by infra/db/policies.py: an outside database may call them otherwise.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {streams}, {screens}, {api};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {streams}, {screens}, {api};
GRANT USAGE ON SCHEMA public TO {streams}, {screens}, {api};

-- The truth is insert-only, for everybody but an operator who is migrate.
GRANT SELECT, INSERT ON case_event TO {streams};

-- Derived from it.
GRANT SELECT, INSERT, UPDATE, DELETE ON case_history, case_state TO {streams};
GRANT SELECT, INSERT, UPDATE, DELETE ON case_by_unit_day, case_by_procedure_day, case_by_unit_procedure_month TO {streams};
GRANT SELECT ON case_flow, case_flow_single, case_flow_repeated, case_open, case_chain, case_chain_stay, case_portal_gap TO {streams};

-- The same for every other domain.
GRANT SELECT, INSERT ON subject_event, source_digest TO {streams};
GRANT SELECT, INSERT, UPDATE, DELETE ON subject_history, subject_state, subject_figure TO {streams};
GRANT SELECT, INSERT, UPDATE, DELETE ON event_outside TO {streams};

-- Look-ups: the same in tables of their own.
GRANT SELECT, INSERT ON lookup_event, lookup_exception TO {streams};
GRANT SELECT, INSERT, UPDATE, DELETE ON lookup_day, lookup_by_unit_hour, lookup_by_account_day TO {streams};
GRANT SELECT, INSERT, UPDATE ON lookup_unit TO {streams};
GRANT SELECT ON lookup_ruling, lookup_voided, lookup_said, lookup_standing TO {streams};

-- What will be late: made every night (streams.forecast).
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast_run, forecast_case, forecast_score TO {streams};

-- The stream's own accounts.
GRANT SELECT, INSERT, UPDATE ON stream_offset, stream_source TO {streams};
GRANT SELECT, INSERT ON stream_hole, audit_run TO {streams};
GRANT SELECT ON stream_epoch TO {streams};
GRANT SELECT, UPDATE ON rules_swept TO {streams};
GRANT SELECT, INSERT, UPDATE, DELETE ON dead_letter TO {streams};  -- purged: streams.purge
GRANT SELECT, INSERT, UPDATE, DELETE ON heartbeat TO {streams};

-- Screens and API read what they show, and keep the lists that were opened. Histories are read from case_history,
-- single events from case_event.
GRANT SELECT ON
    case_event, case_history, case_state,
    case_by_unit_day, case_by_procedure_day, case_by_unit_procedure_month,
    case_flow, case_flow_single, case_flow_repeated, case_open, case_now, case_told, unit_that_returns,
    case_chain, case_chain_stay,
    case_portal_gap,
    subject_event, subject_history, subject_state, subject_figure, subject_level, unit_end, source_digest,
    lookup_event, lookup_exception, lookup_day, lookup_by_unit_hour, lookup_by_account_day,
    lookup_ruling, lookup_voided, lookup_unit, lookup_said, lookup_standing, lookup_account,
    stream_offset, stream_source, stream_hole, stream_epoch, heartbeat, dead_letter, event_outside, record_refused, audit_run,
    rules_swept, forecast_run, forecast_case, forecast_score
    TO {screens}, {api};
GRANT SELECT, INSERT, DELETE ON opening, opening_item TO {screens}, {api};

-- Reference data is loaded by an operator as migrate; everybody reads it.
GRANT SELECT ON
    ref_unit, ref_unit_successor, ref_tile, ref_sector, ref_system, ref_procedure, ref_service, ref_service_target, ref_plan, ref_other_name,
    ref_calendar_day, ref_working_hours, ref_rule, rules_change, ref_alias, ref_thing, ref_load, ref_load_file, reference_use, unknown_reference
    TO {streams}, {screens}, {api};

-- The gateway learns here who may send; an operator registers sources as migrate (ioc sources).
GRANT SELECT ON gateway_source TO {streams};
GRANT SELECT (urn) ON gateway_source TO {screens}, {api};  -- who is registered; never the tokens

-- Every process checks at its start that the schema is the one it was written for.
GRANT SELECT ON alembic_version TO {streams}, {screens}, {api};
