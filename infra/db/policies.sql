-- Who may do what, in full: everything is taken away first, so what is not written here is not allowed.
-- Runs after every migration, in one transaction. Every table stands here (a test compares with the catalogue).
-- Names in braces are the logins, filled in by infra/db/policies.py: an outside database may call them otherwise.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {streams}, {screens}, {api}, {access}, {units};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {streams}, {screens}, {api}, {access}, {units};
GRANT USAGE ON SCHEMA public TO {streams}, {screens}, {api}, {access}, {units};

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
GRANT SELECT, INSERT, UPDATE ON lookup_finding TO {streams};
GRANT SELECT, INSERT, UPDATE, DELETE ON lookup_minute TO {streams};  -- kept for some days
GRANT SELECT ON lookup_campaign TO {streams};  -- announced by an operator, as migrate
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

-- What the centre itself says: written by these functions alone, sent and forgotten by the relay.
GRANT SELECT, DELETE, UPDATE (sent_at) ON action_outbox TO {streams};
GRANT SELECT ON action_outbox TO {screens}, {api}, {units};
REVOKE ALL ON FUNCTION action_written, action_ordered FROM PUBLIC;
GRANT EXECUTE ON FUNCTION action_written TO {streams};
GRANT EXECUTE ON FUNCTION action_ordered TO {access};
GRANT SELECT, INSERT, UPDATE ON hold_delivery, hold_receiver TO {streams};
GRANT SELECT ON hold_delivery, hold_receiver TO {screens}, {api};  -- not units: they name no unit

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
    lookup_minute, lookup_finding, lookup_campaign,
    stream_offset, stream_source, stream_hole, stream_epoch, heartbeat, dead_letter, event_outside, record_refused, audit_run,
    rules_swept, forecast_run, forecast_case, forecast_score
    TO {screens}, {api};
GRANT SELECT, INSERT, DELETE ON opening, opening_item TO {screens}, {api};

-- Reference data is loaded by an operator as migrate; everybody reads it.
GRANT SELECT ON
    ref_unit, ref_unit_successor, ref_tile, ref_sector, ref_system, ref_procedure, ref_service, ref_service_target, ref_plan, ref_other_name,
    ref_calendar_day, ref_working_hours, ref_rule, rules_change, ref_alias, ref_thing, ref_load, ref_load_file, reference_use, unknown_reference
    TO {streams}, {screens}, {api};

-- The gateway learns here who may send, and with which token: of sources alone, hashed. An operator registers sources as
-- migrate (ioc sources); an administrator's page shows them.
GRANT SELECT ON gateway_source TO {streams}, {access};
GRANT SELECT ON gateway_token TO {streams};
GRANT SELECT (urn) ON gateway_source TO {screens}, {api}, {units};  -- who is registered

-- Every process checks at its start that the schema is the one it was written for.
GRANT SELECT ON alembic_version TO {streams}, {screens}, {api}, {access}, {units};

-- Who signs in, and with what: the processes that show something ask and write as `access`, which sees no figures.
GRANT SELECT, INSERT, UPDATE ON access_account, access_credential TO {access};
GRANT DELETE ON access_credential TO {access};  -- those that ended long ago
GRANT SELECT, INSERT, DELETE ON access_attempt, access_oidc_begun TO {access};
GRANT SELECT, INSERT, UPDATE, DELETE ON access_pairing TO {access};  -- forgotten a day later
GRANT SELECT ON access_record, access_record_check TO {access};  -- written by these functions alone
REVOKE ALL ON FUNCTION access_recorded, access_checked, access_forgotten FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_recorded, access_checked, access_forgotten TO {access};

-- Read by lookup_account_shown alone: lookup_account_secret.

-- `units` reads for askers who may see some units only (a unit's officers, a unit's programs). Each table that holds
-- anything of a unit is limited by row; what is granted here and not limited below is of the whole province.
GRANT SELECT ON
    case_event, case_history, case_state,
    case_by_unit_day, case_by_unit_procedure_month,
    case_flow, case_flow_single, case_flow_repeated, case_open, case_now, case_told, unit_that_returns,
    case_chain, case_chain_stay,
    case_portal_gap,
    subject_event, subject_history, subject_state, subject_figure, subject_level,
    lookup_event, lookup_exception, lookup_by_unit_hour, lookup_by_account_day,
    lookup_ruling, lookup_voided, lookup_said, lookup_standing, lookup_account, lookup_unit,
    lookup_minute, lookup_finding, lookup_campaign,
    stream_offset, stream_source, stream_hole, stream_epoch, heartbeat, audit_run, rules_swept,
    forecast_run, forecast_case, forecast_score
    TO {units};
GRANT SELECT ON
    ref_unit, ref_unit_successor, ref_tile, ref_sector, ref_system, ref_procedure, ref_service, ref_service_target, ref_plan, ref_other_name,
    ref_calendar_day, ref_working_hours, ref_rule, rules_change, ref_alias, ref_thing, ref_load, ref_load_file, reference_use,
    unit_end
    TO {units};
GRANT SELECT, INSERT, DELETE ON opening, opening_item TO {units};

-- What stands by procedure and day has no unit: `units` finds under the same name the sums of its own cases (steps that it
-- did in the cases of others are not among them). The columns are the table's, so that a new counter needs nothing here.
REVOKE ALL ON SCHEMA own FROM PUBLIC, {streams}, {screens}, {api}, {access}, {units};
GRANT USAGE ON SCHEMA own TO {units};
DO $$
DECLARE
    counters text;
BEGIN
    SELECT string_agg(
        format('coalesce(sum(amount) FILTER (WHERE counter = %L), 0)::bigint AS %I', attname, attname), ', ' ORDER BY attnum
    ) INTO counters
    FROM pg_attribute
    WHERE attrelid = 'case_by_procedure_day'::regclass AND attnum > 0 AND NOT attisdropped
        AND attname NOT IN ('procedure', 'day', 'channel');
    EXECUTE 'CREATE OR REPLACE VIEW own.case_by_procedure_day WITH (security_invoker = true) AS '
        'SELECT coalesce(procedure, '''') AS procedure, day, coalesce(channel, '''') AS channel, ' || counters ||
        ' FROM public.case_flow WHERE unit = ANY ((SELECT access_units())::text[]) GROUP BY 1, 2, 3';
END
$$;
GRANT SELECT ON own.case_by_procedure_day TO {units};

-- What the province publishes of itself: who may see some units only reads the sums of all, and of no other unit.
CREATE OR REPLACE VIEW province_by_day AS
    SELECT day, sum(on_time)::bigint AS on_time, sum(late)::bigint AS late FROM case_by_unit_day GROUP BY day;
GRANT SELECT ON province_by_day TO {screens}, {api}, {units};

-- Views ask with the rights of who asks, or a row's limit would end at them.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY[
        'case_chain', 'case_chain_stay', 'case_flow', 'case_flow_single', 'case_flow_repeated', 'case_open', 'case_now',
        'case_told', 'unit_that_returns', 'case_portal_gap', 'subject_level',
        'lookup_ruling', 'lookup_voided', 'lookup_said', 'lookup_standing', 'lookup_account'
    ] LOOP
        EXECUTE format('ALTER VIEW %I SET (security_invoker = true)', one);
    END LOOP;
END
$$;

-- The limit by row. Every other login sees all; the owner (migrate) is not asked.
DO $$
DECLARE
    one text;
    own constant text := '(SELECT access_units())::text[]';
    limits constant jsonb := jsonb_build_object(
        'case_state', 'unit = ANY (' || own || ')',
        'case_by_unit_day', 'unit = ANY (' || own || ')',
        'case_by_unit_procedure_month', 'unit = ANY (' || own || ')',
        'case_event', 'EXISTS (SELECT FROM case_state s WHERE s.subject = case_event.subject)',
        'case_history', 'EXISTS (SELECT FROM case_state s WHERE s.subject = case_history.subject)',
        'forecast_case', 'EXISTS (SELECT FROM case_state s WHERE s.subject = forecast_case.subject)',
        'subject_state', 'unit = ANY (' || own || ')',
        'subject_figure', 'unit = ANY (' || own || ')',
        'subject_event',
        'EXISTS (SELECT FROM subject_state s WHERE s.domain = subject_event.domain AND s.subject = subject_event.subject)',
        'subject_history',
        'EXISTS (SELECT FROM subject_state s WHERE s.domain = subject_history.domain AND s.subject = subject_history.subject)',
        'action_outbox', 'unit = ANY (' || own || ')',
        'lookup_event', 'unit = ANY (' || own || ')',
        'lookup_exception',
        'EXISTS (SELECT FROM lookup_event e WHERE e.subject = lookup_exception.subject AND e.day = lookup_exception.day)',
        'lookup_by_unit_hour', 'unit = ANY (' || own || ')',
        'lookup_by_account_day', 'unit = ANY (' || own || ')',
        'lookup_minute', 'unit = ANY (' || own || ')',
        'lookup_finding', 'unit = ANY (' || own || ')',
        'lookup_campaign', 'unit = '''' OR unit = ANY (' || own || ')',
        'opening', 'units = ' || own || ' AND cardinality(units) > 0',
        'opening_item', 'EXISTS (SELECT FROM opening o WHERE o.id = opening_item.opening_id)'
    );
BEGIN
    FOR one IN SELECT jsonb_object_keys(limits) LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('DROP POLICY IF EXISTS everything ON %I', one);
        EXECUTE format('DROP POLICY IF EXISTS own_units ON %I', one);
        EXECUTE format('CREATE POLICY everything ON %I TO {streams}, {screens}, {api} USING (true) WITH CHECK (true)', one);
        EXECUTE format('CREATE POLICY own_units ON %I TO {units} USING (%s)', one, limits ->> one);
    END LOOP;
    -- A list is written in one statement with what it is a list of, which the limit above does not see yet.
    ALTER POLICY own_units ON opening_item WITH CHECK (true);
END
$$;
