-- The sum of infra/db/migrations and policies.sql, written by `make schema`. Nothing runs this file.

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE TABLE public.access_record_check (
    checked_at timestamp with time zone NOT NULL,
    through bigint NOT NULL,
    broken bigint,
    digest bytea
);

CREATE FUNCTION public.access_checked(of_at timestamp with time zone) RETURNS public.access_record_check
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    found access_record_check;

BEGIN
    PERFORM pg_advisory_xact_lock(71064005);

    SELECT of_at, coalesce(max(n.number), 0), min(n.number) FILTER (
        WHERE CASE
            WHEN n.forgotten THEN NOT access_may_forget(n.what, n.at)
            ELSE n.digest <> n.right_digest
        END
        OR n.number <> coalesce(n.before_number, 0) + 1
        OR n.previous <> coalesce(n.before, sha256(''::bytea))
    )
    INTO found.checked_at, found.through, found.broken
    FROM (
        SELECT r.number, r.at, r.what, r.digest, r.previous, r.forgotten,
            lag(r.digest) OVER w AS before, lag(r.number) OVER w AS before_number,
            access_digest(
                r.number, r.at, r.who, r.kind, r.role, r.what, r.object, r.units, r.rows, r.address, r.previous,
                r.unit_rows
            ) AS right_digest
        FROM access_record r
        WINDOW w AS (ORDER BY r.number)
    ) n;

    SELECT r.digest INTO found.digest FROM access_record r WHERE r.number = found.through;

    -- Of a tail that was cut off, the chain itself says nothing.
    SELECT least(found.broken, min(least(c.through, found.through + 1))) INTO found.broken
    FROM access_record_check c LEFT JOIN access_record r ON r.number = c.through
    WHERE c.through > 0 AND (r.number IS NULL OR r.digest <> c.digest);

    INSERT INTO access_record_check (checked_at, through, broken, digest)
    VALUES (found.checked_at, found.through, found.broken, found.digest);

    RETURN found;

END
$$;

CREATE FUNCTION public.access_digest(of_number bigint, of_at timestamp with time zone, of_who text, of_kind text, of_role text, of_what text, of_object text, of_units text[], of_rows bigint, of_address text, of_previous bytea, of_unit_rows bigint[]) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT sha256(convert_to(((jsonb_build_array(of_number, ((EXTRACT(epoch FROM of_at) * (1000000)::numeric))::bigint, of_who, of_kind, of_role, of_what, of_object, to_jsonb(of_units), of_rows, of_address, encode(of_previous, 'hex'::text)) ||
         CASE
             WHEN (of_unit_rows IS NULL) THEN '[]'::jsonb
             ELSE jsonb_build_array(to_jsonb(of_unit_rows))
         END))::text, 'UTF8'::name)) AS sha256;

END;

CREATE FUNCTION public.access_forgotten(of_at timestamp with time zone, of_reads_before timestamp with time zone, of_others_before timestamp with time zone, of_most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    gone bigint;

BEGIN
    UPDATE access_record
    SET forgotten = true, who = '', object = '', address = '', rows = NULL, units = '{}', unit_rows = NULL
    WHERE number IN (
        SELECT r.number FROM access_record r
        WHERE NOT r.forgotten AND access_may_forget(r.what, r.at)
            AND r.at < CASE WHEN access_is_reading(r.what) THEN of_reads_before ELSE of_others_before END
            AND r.at < greatest(of_reads_before, of_others_before)
        ORDER BY r.number LIMIT of_most
    );

    GET DIAGNOSTICS gone = ROW_COUNT;

    IF gone > 0 THEN
        PERFORM access_recorded(of_at, 'retention', 'process', '', 'record_forgotten', '', '{}', gone, '');

    END IF;

    RETURN gone;

END
$$;

CREATE FUNCTION public.access_is_reading(of_what text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (of_what = ANY (ARRAY['list_opened'::text, 'list_read'::text, 'case_read'::text, 'exported'::text]));

CREATE FUNCTION public.access_may_forget(of_what text, of_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (of_at < (now() - CASE WHEN public.access_is_reading(of_what) THEN '90 days'::interval ELSE '365 days'::interval END));

CREATE FUNCTION public.access_recorded(of_at timestamp with time zone, of_who text, of_kind text, of_role text, of_what text, of_object text, of_units text[], of_rows bigint, of_address text, of_unit_rows bigint[] DEFAULT NULL::bigint[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    last access_record;

    next_number bigint;

    before bytea;

BEGIN
    PERFORM pg_advisory_xact_lock(71064004);

    SELECT * INTO last FROM access_record ORDER BY number DESC LIMIT 1;

    next_number := coalesce(last.number, 0) + 1;

    before := coalesce(last.digest, sha256(''::bytea));

    INSERT INTO access_record (
        number, at, who, kind, role, what, object, units, rows, address, previous, unit_rows, digest
    ) VALUES (
        next_number, of_at, of_who, of_kind, of_role, of_what, of_object, of_units, of_rows, of_address, before,
        of_unit_rows,
        access_digest(
            next_number, of_at, of_who, of_kind, of_role, of_what, of_object, of_units, of_rows, of_address, before,
            of_unit_rows
        )
    );

    RETURN next_number;

END
$$;

CREATE FUNCTION public.access_unchanging() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'access_record' THEN
        IF NEW.forgotten AND NOT OLD.forgotten AND access_may_forget(OLD.what, OLD.at)
            AND ROW(NEW.number, NEW.at, NEW.kind, NEW.role, NEW.what, NEW.previous, NEW.digest)
                = ROW(OLD.number, OLD.at, OLD.kind, OLD.role, OLD.what, OLD.previous, OLD.digest)
            AND ROW(NEW.who, NEW.object, NEW.address, NEW.rows, NEW.units, NEW.unit_rows)
                IS NOT DISTINCT FROM ROW('', '', '', NULL::bigint, '{}'::text[], NULL::bigint[])
        THEN
            RETURN NEW;

        END IF;

    END IF;

    RAISE EXCEPTION 'what is on record is not changed';

END
$$;

CREATE FUNCTION public.access_units() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(NULLIF(current_setting('ioc.units'::text, true), ''::text), ','::text);

CREATE FUNCTION public.action_ordered(of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamp with time zone, of_event text, of_asked bytea, of_by_name text, of_at timestamp with time zone, of_who text, of_who_kind text, of_role text, of_what text, of_object text, of_units text[], of_address text) RETURNS TABLE(outcome text, by_name text, kind text, at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    answer record;

BEGIN
    SELECT * INTO answer FROM action_written(
        of_id, of_domain, of_subject, of_kind, of_unit, of_after, of_time, of_event, of_asked, of_by_name
    );

    IF answer.outcome = 'written' THEN
        PERFORM access_recorded(of_at, of_who, of_who_kind, of_role, of_what, of_object, of_units, NULL, of_address);

    END IF;

    RETURN QUERY SELECT answer.outcome::text, answer.by_name::text, answer.kind::text, answer.at::timestamptz;

END
$$;

CREATE FUNCTION public.action_written(of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamp with time zone, of_event text, of_asked bytea, of_by_name text) RETURNS TABLE(outcome text, by_name text, kind text, at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    held action_outbox;

    moves integer;

    first record;

BEGIN
    PERFORM pg_advisory_xact_lock(71064041, hashtext(of_domain || '/' || of_subject));

    SELECT * INTO held FROM action_outbox o WHERE o.id = of_id;

    IF FOUND THEN
        RETURN QUERY SELECT
            CASE WHEN held.asked = of_asked THEN 'again' ELSE 'other' END, held.by_name, held.kind, held.time;

        RETURN;

    END IF;

    IF of_after IS NOT NULL THEN
        -- What is folded, and what is on its way. In one statement, so that nothing is both or neither.
        SELECT greatest(
            coalesce((
                SELECT (s.detail ->> 'revision')::integer FROM subject_state s
                WHERE s.domain = of_domain AND s.subject = of_subject
            ), 0),
            coalesce((
                SELECT max(o.after) + 1 FROM action_outbox o
                WHERE o.domain = of_domain AND o.subject = of_subject AND NOT EXISTS (
                    SELECT FROM subject_event e
                    WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
                )
            ), 0)
        ) INTO moves;

        IF moves > of_after THEN
            SELECT o.by_name, o.kind, o.time INTO first FROM action_outbox o
            WHERE o.domain = of_domain AND o.subject = of_subject AND o.after = of_after ORDER BY o.number LIMIT 1;

            IF NOT FOUND THEN
                SELECT s.detail ->> 'moved_by' AS by_name, s.standing AS kind, s.last_at AS time INTO first
                FROM subject_state s WHERE s.domain = of_domain AND s.subject = of_subject;

            END IF;

            RETURN QUERY SELECT 'overtaken'::text, first.by_name::text, first.kind::text, first.time::timestamptz;

            RETURN;

        ELSIF moves < of_after THEN
            RETURN QUERY SELECT 'ahead'::text, NULL::text, NULL::text, NULL::timestamptz;

            RETURN;

        END IF;

    END IF;

    INSERT INTO action_outbox (id, domain, subject, kind, unit, after, time, event, asked, by_name)
    VALUES (of_id, of_domain, of_subject, of_kind, of_unit, of_after, of_time, of_event, of_asked, of_by_name);

    RETURN QUERY SELECT 'written'::text, NULL::text, NULL::text, NULL::timestamptz;

END
$$;

CREATE FUNCTION public.moment_at(us bigint) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN to_timestamp(((us)::double precision / (1000000)::double precision));

CREATE FUNCTION public.province_day(at timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date;

CREATE TABLE public.case_state (
    subject text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL,
    procedure text NOT NULL,
    channel text NOT NULL,
    submitted_at timestamp with time zone,
    accepted_at timestamp with time zone,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_kind text,
    returned_at timestamp with time zone,
    status smallint,
    status_raw text,
    last_at timestamp with time zone,
    last_unit text NOT NULL,
    flows json NOT NULL,
    voided_at timestamp with time zone,
    oversized boolean NOT NULL,
    simulated boolean NOT NULL,
    contribution text NOT NULL,
    rules_version integer NOT NULL,
    portal_status smallint,
    portal_code text,
    synced_at timestamp with time zone,
    chain text,
    chain_step text,
    chain_agency text,
    chain_since timestamp with time zone,
    portal_ended_at timestamp with time zone,
    portal_rewritten boolean DEFAULT false NOT NULL,
    due_61 timestamp with time zone,
    due_766 timestamp with time zone,
    ended_766 timestamp with time zone,
    late_766 boolean,
    supplement_requests integer DEFAULT 0 NOT NULL,
    office_us bigint DEFAULT 0 NOT NULL,
    citizen_us bigint DEFAULT 0 NOT NULL,
    agency_us bigint DEFAULT 0 NOT NULL,
    payment_us bigint DEFAULT 0 NOT NULL,
    waits_for text,
    waits_since timestamp with time zone,
    late_cause text,
    portal_learned_at timestamp with time zone,
    judged_from date,
    judged_to date,
    rules_edition bigint DEFAULT 0 NOT NULL,
    score_flags integer DEFAULT 0 NOT NULL,
    path text[] COLLATE pg_catalog."C",
    path_office_s integer[] DEFAULT '{}'::integer[] NOT NULL,
    path_waited_s integer[] DEFAULT '{}'::integer[] NOT NULL,
    path_since timestamp with time zone,
    loops integer DEFAULT 0 NOT NULL,
    loop_reason text,
    chain_stays json,
    names text[] DEFAULT '{}'::text[] NOT NULL,
    deadline_moves json,
    readings text[] DEFAULT '{}'::text[] NOT NULL
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.05');

CREATE VIEW public.case_chain_stay WITH (security_invoker='true') AS
 SELECT s.subject,
    s.unit,
    s.chain,
    (stay.one ->> 0) AS step,
    (stay.one ->> 1) AS agency,
    public.moment_at(((stay.one ->> 2))::bigint) AS since_at,
    public.moment_at(((stay.one ->> 3))::bigint) AS until_at,
    ((stay.one ->> 4))::integer AS worked_s,
    ((stay.one ->> 5))::boolean AS received
   FROM (public.case_state s
     CROSS JOIN LATERAL json_array_elements(s.chain_stays) stay(one))
  WHERE ((s.chain IS NOT NULL) AND (s.chain_stays IS NOT NULL));

CREATE FUNCTION public.case_at_handover(of_chain text, of_step text, of_agency text, of_unit text, of_part text, of_first date, of_last date) RETURNS SETOF public.case_chain_stay
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject,
     s.unit,
     s.chain,
     s.step,
     s.agency,
     s.since_at,
     s.until_at,
     s.worked_s,
     s.received
    FROM public.case_chain_stay s
   WHERE (((case_at_handover.of_chain IS NULL) OR (s.chain = case_at_handover.of_chain)) AND ((case_at_handover.of_unit IS NULL) OR (s.unit = case_at_handover.of_unit)) AND ((case_at_handover.of_step IS NULL) OR (s.step = case_at_handover.of_step)) AND ((case_at_handover.of_agency IS NULL) OR (s.agency = case_at_handover.of_agency)) AND
         CASE case_at_handover.of_part
             WHEN 'waiting'::text THEN (s.until_at IS NULL)
             WHEN 'not_received'::text THEN ((s.until_at IS NULL) AND (NOT s.received))
             ELSE ((public.province_day(s.until_at) >= case_at_handover.of_first) AND (public.province_day(s.until_at) <= case_at_handover.of_last))
         END);

END;

CREATE FUNCTION public.case_gap(of_indicator text, of_first date, of_last date, of_unit text) RETURNS TABLE(subject text, unit text, own boolean, portal boolean, cause text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH told AS (
          SELECT s.subject,
             s.unit,
             s.status,
             s.portal_code,
             s.portal_rewritten,
             s.due_at,
             s.ended_at,
             ((s.synced_at IS NOT NULL) OR (s.portal_status IS NOT NULL)) AS known,
             COALESCE((s.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])), false) AS done,
             COALESCE((s.portal_status = ANY (ARRAY[9, 10])), false) AS portal_done,
                 CASE
                     WHEN (s.rules_version < 3) THEN s.ended_at
                     ELSE s.portal_ended_at
                 END AS portal_ended_at
            FROM public.case_state s
           WHERE ((s.accepted_at IS NOT NULL) AND (s.voided_at IS NULL) AND ((case_gap.of_unit IS NULL) OR (s.unit = case_gap.of_unit)) AND (((case_gap.of_indicator = 'received'::text) AND ((public.province_day(s.accepted_at) >= case_gap.of_first) AND (public.province_day(s.accepted_at) <= case_gap.of_last))) OR ((case_gap.of_indicator <> 'received'::text) AND ((public.province_day(s.ended_at) >= case_gap.of_first) AND (public.province_day(s.ended_at) <= case_gap.of_last))) OR ((case_gap.of_indicator <> 'received'::text) AND ((public.province_day(s.portal_ended_at) >= case_gap.of_first) AND (public.province_day(s.portal_ended_at) <= case_gap.of_last)))))
         ), dated AS (
          SELECT t.subject,
             t.unit,
             t.status,
             t.portal_code,
             t.portal_rewritten,
             t.due_at,
             t.ended_at,
             t.known,
             t.done,
             t.portal_done,
             t.portal_ended_at,
             (t.done AND ((public.province_day(t.ended_at) >= case_gap.of_first) AND (public.province_day(t.ended_at) <= case_gap.of_last))) AS here,
             (t.portal_done AND ((public.province_day(t.portal_ended_at) >= case_gap.of_first) AND (public.province_day(t.portal_ended_at) <= case_gap.of_last))) AS portal_here
            FROM told t
         ), judged AS (
          SELECT d.subject,
             d.unit,
             d.status,
             d.portal_code,
             d.portal_rewritten,
             d.due_at,
             d.ended_at,
             d.known,
             d.done,
             d.portal_done,
             d.portal_ended_at,
             d.here,
             d.portal_here,
                 CASE case_gap.of_indicator
                     WHEN 'received'::text THEN true
                     WHEN 'finished'::text THEN d.here
                     WHEN 'on_time'::text THEN COALESCE((d.here AND (d.ended_at <= d.due_at)), false)
                     WHEN 'late'::text THEN COALESCE((d.here AND (d.ended_at > d.due_at)), false)
                     ELSE NULL::boolean
                 END AS own,
                 CASE case_gap.of_indicator
                     WHEN 'received'::text THEN d.known
                     WHEN 'finished'::text THEN COALESCE(d.portal_here, false)
                     WHEN 'on_time'::text THEN COALESCE((d.portal_here AND (d.portal_ended_at <= d.due_at)), false)
                     WHEN 'late'::text THEN COALESCE((d.portal_here AND (d.portal_ended_at > d.due_at)), false)
                     ELSE NULL::boolean
                 END AS portal
            FROM dated d
         )
  SELECT j.subject,
     j.unit,
     j.own,
     j.portal,
         CASE
             WHEN (j.own AND j.portal) THEN
             CASE
                 WHEN (j.portal_code <> j.subject) THEN 'other_code'::text
                 ELSE NULL::text
             END
             WHEN (j.own AND (NOT j.known)) THEN 'not_sent'::text
             WHEN (j.own AND j.portal_done AND (NOT j.portal_here)) THEN 'other_period'::text
             WHEN j.own THEN 'status_behind'::text
             WHEN (j.done AND (NOT j.here)) THEN 'other_period'::text
             WHEN j.done THEN 'status_behind'::text
             WHEN (j.portal_rewritten OR (j.status = ANY (ARRAY[5, 6, 8]))) THEN 'rewritten_status'::text
             ELSE 'own_behind'::text
         END AS "case"
    FROM judged j
   WHERE (j.own OR j.portal);

END;

CREATE FUNCTION public.case_way(of_path text[], of_end text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN "left"(md5(((array_to_string(of_path, ''::text) || ''::text) || COALESCE(of_end, ''::text))), 16);

CREATE FUNCTION public.case_in_process(of_procedure text, of_unit text, of_first date, of_last date, of_part text, of_step text, of_reason text, of_variant text) RETURNS TABLE(subject text, unit text, accepted_at timestamp with time zone, ended_at timestamp with time zone, end_kind text, path text[], path_office_s integer[], path_waited_s integer[], path_since timestamp with time zone, loops integer, loop_reason text, office_us bigint, citizen_us bigint, agency_us bigint, payment_us bigint)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject,
     s.unit,
     s.accepted_at,
     s.ended_at,
     s.end_kind,
     s.path,
     s.path_office_s,
     s.path_waited_s,
     s.path_since,
     s.loops,
     s.loop_reason,
     s.office_us,
     s.citizen_us,
     s.agency_us,
     s.payment_us
    FROM public.case_state s
   WHERE ((s.procedure = case_in_process.of_procedure) AND (s.path IS NOT NULL) AND ((case_in_process.of_unit IS NULL) OR (s.unit = case_in_process.of_unit)) AND
         CASE
             WHEN (case_in_process.of_part = 'queue'::text) THEN ((s.accepted_at IS NOT NULL) AND (s.ended_at IS NULL) AND (s.voided_at IS NULL) AND ((case_in_process.of_step IS NULL) OR (COALESCE(s.path[cardinality(s.path)], ''::text) = case_in_process.of_step)))
             ELSE ((s.ended_at IS NOT NULL) AND ((public.province_day(s.ended_at) >= case_in_process.of_first) AND (public.province_day(s.ended_at) <= case_in_process.of_last)) AND
             CASE case_in_process.of_part
                 WHEN 'passed'::text THEN (case_in_process.of_step = ANY (s.path))
                 WHEN 'again'::text THEN (cardinality(array_positions(s.path, case_in_process.of_step)) > 1)
                 WHEN 'looped'::text THEN ((s.loops > 0) AND ((case_in_process.of_reason IS NULL) OR (s.loop_reason = case_in_process.of_reason)))
                 WHEN 'variant'::text THEN (public.case_way(s.path, s.end_kind) = case_in_process.of_variant)
                 ELSE true
             END)
         END);

END;

CREATE TABLE public.case_event (
    source text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    "time" timestamp with time zone NOT NULL,
    digest bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    data json NOT NULL,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE FUNCTION public.case_narrowed(of_due_first date, of_due_last date, of_step text, of_changed_since timestamp with time zone) RETURNS TABLE(subject text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject
    FROM public.case_state s
   WHERE (((case_narrowed.of_due_first IS NULL) OR (s.due_at >= ((case_narrowed.of_due_first)::timestamp without time zone AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))) AND ((case_narrowed.of_due_last IS NULL) OR (s.due_at < (((case_narrowed.of_due_last + 1))::timestamp without time zone AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))) AND ((case_narrowed.of_step IS NULL) OR ((s.accepted_at IS NOT NULL) AND (s.ended_at IS NULL) AND (s.voided_at IS NULL) AND (COALESCE(s.path[cardinality(s.path)], ''::text) = case_narrowed.of_step))) AND ((case_narrowed.of_changed_since IS NULL) OR (s.subject IN ( SELECT e.subject
            FROM public.case_event e
           WHERE (e.received_at >= case_narrowed.of_changed_since)))));

END;

CREATE TABLE public.rules_change (
    load_id bigint NOT NULL,
    kind text NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    procedures text[],
    names text[]
);

CREATE FUNCTION public.judged_before(of_edition bigint, of_from date, of_to date, of_procedure text, of_names text[]) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM public.rules_change c WHERE ((c.load_id > judged_before.of_edition) AND (c.first_day <= judged_before.of_to) AND (c.last_day >= judged_before.of_from) AND ((c.procedures IS NULL) OR (NORMALIZE(judged_before.of_procedure, NFC) = ANY (c.procedures))) AND ((c.names IS NULL) OR (c.names && judged_before.of_names)))));

CREATE TABLE public.rules_swept (
    single boolean DEFAULT true NOT NULL,
    edition bigint NOT NULL,
    swept_at timestamp with time zone,
    CONSTRAINT rules_swept_single_check CHECK (single)
);

CREATE FUNCTION public.cases_under_old_rules(of_version integer) RETURNS TABLE(subject text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject
    FROM public.case_state s
   WHERE (s.rules_version < cases_under_old_rules.of_version)
 UNION ALL
  SELECT s.subject
    FROM public.case_state s
   WHERE (((s.rules_version + 0) >= cases_under_old_rules.of_version) AND (s.rules_edition < ( SELECT max(c.load_id) AS max
            FROM public.rules_change c)) AND (( SELECT max(c.load_id) AS max
            FROM public.rules_change c) > ( SELECT w.edition
            FROM public.rules_swept w)) AND (s.judged_from <= ( SELECT max(c.last_day) AS max
            FROM public.rules_change c
           WHERE (c.load_id > ( SELECT w.edition
                    FROM public.rules_swept w)))) AND (s.judged_to >= ( SELECT min(c.first_day) AS min
            FROM public.rules_change c
           WHERE (c.load_id > ( SELECT w.edition
                    FROM public.rules_swept w)))) AND public.judged_before(s.rules_edition, s.judged_from, s.judged_to, s.procedure, s.names));

END;

CREATE FUNCTION public.lookup_account_of(subject text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ("left"(subject, '-11'::integer) COLLATE "C");

CREATE FUNCTION public.lookup_accounts_named() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(current_setting('ioc.accounts'::text, true), ''::text) = 'named'::text);

CREATE TABLE public.lookup_account_secret (
    one boolean DEFAULT true NOT NULL,
    secret text DEFAULT ((gen_random_uuid())::text || (gen_random_uuid())::text) NOT NULL,
    CONSTRAINT lookup_account_secret_one_check CHECK (one)
);

CREATE FUNCTION public.lookup_account_shown(account text) RETURNS text
    LANGUAGE sql STABLE STRICT SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN public.lookup_accounts_named() THEN account
             ELSE ('an-danh-'::text || "left"(encode(sha256(convert_to((( SELECT s.secret
                FROM public.lookup_account_secret s) || account), 'UTF8'::name)), 'hex'::text), 12))
         END AS "case";

END;

CREATE TABLE public.lookup_by_account_day (
    account text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    lookups bigint DEFAULT 0 NOT NULL,
    without_case bigint DEFAULT 0 NOT NULL,
    not_found bigint DEFAULT 0 NOT NULL,
    mismatch bigint DEFAULT 0 NOT NULL,
    errors bigint DEFAULT 0 NOT NULL,
    automatic bigint DEFAULT 0 NOT NULL,
    latency_total bigint DEFAULT 0 NOT NULL,
    timed bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='60');

CREATE FUNCTION public.lookup_account_told(shown text) RETURNS text
    LANGUAGE sql STABLE STRICT
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN public.lookup_accounts_named() THEN shown
             ELSE COALESCE(( SELECT a.account
                FROM ( SELECT DISTINCT d.account
                        FROM public.lookup_by_account_day d) a
               WHERE (public.lookup_account_shown(a.account) = lookup_account_told.shown)
              LIMIT 1), ''::text)
         END AS "coalesce";

END;

CREATE TABLE public.lookup_event (
    subject text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    "time" timestamp with time zone NOT NULL,
    digest bytea NOT NULL,
    unit text NOT NULL COLLATE pg_catalog."C",
    application text NOT NULL COLLATE pg_catalog."C",
    purpose text,
    case_code text,
    channel text NOT NULL COLLATE pg_catalog."C",
    person text,
    fields text[],
    result text NOT NULL COLLATE pg_catalog."C",
    latency_ms integer,
    client text,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE TABLE public.lookup_exception (
    subject text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    "time" timestamp with time zone NOT NULL,
    digest bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    day date,
    data json NOT NULL,
    replaces_source text COLLATE pg_catalog."C",
    replaces_id text COLLATE pg_catalog."C",
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE VIEW public.lookup_ruling WITH (security_invoker='true') AS
 SELECT subject,
    source,
    id,
    "time",
    kind,
    replaces_source,
    replaces_id
   FROM public.lookup_exception x
  WHERE ((kind <> 'performed'::text) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_exception o
          WHERE ((o.subject = x.subject) AND (o.source = x.source) AND (o.id = x.id) AND (ROW(o."time", o.digest) > ROW(x."time", x.digest)))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_event e
          WHERE ((e.subject = x.subject) AND (e.source = x.source) AND (e.id = x.id) AND (e.day = x.day) AND (ROW(e."time", e.digest) > ROW(x."time", x.digest)))))));

CREATE VIEW public.lookup_voided WITH (security_invoker='true') AS
 SELECT subject
   FROM public.lookup_ruling v
  WHERE ((kind = 'voided'::text) AND (replaces_source IS NULL) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_ruling r
          WHERE ((r.subject = v.subject) AND (r.replaces_source = v.source) AND (r.replaces_id = v.id))))));

CREATE VIEW public.lookup_said WITH (security_invoker='true') AS
 SELECT e.subject,
    e.source,
    e.id,
    e.day,
    e."time",
    e.unit,
    e.application,
    e.purpose,
    e.case_code,
    e.channel,
    e.person,
    e.fields,
    e.result,
    e.latency_ms,
    e.client
   FROM public.lookup_event e
  WHERE ((NOT (EXISTS ( SELECT
           FROM public.lookup_exception x
          WHERE ((x.subject = e.subject) AND (x.source = e.source) AND (x.id = e.id) AND (ROW(x."time", x.digest) > ROW(e."time", e.digest)))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_ruling r
          WHERE ((r.subject = e.subject) AND (r.replaces_source = e.source) AND (r.replaces_id = e.id))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_voided v
          WHERE (v.subject = e.subject)))))
UNION ALL
 SELECT x.subject,
    x.source,
    x.id,
    x.day,
    f."time",
    ((f.data ->> 'unit'::text) COLLATE "C") AS unit,
    ((f.data ->> 'application'::text) COLLATE "C") AS application,
    (f.data ->> 'purpose'::text) AS purpose,
    (f.data ->> 'case'::text) AS case_code,
    ((f.data ->> 'channel'::text) COLLATE "C") AS channel,
    (f.data ->> 'person'::text) AS person,
        CASE
            WHEN ((f.data -> 'fields'::text) IS NOT NULL) THEN ARRAY( SELECT json_array_elements_text((f.data -> 'fields'::text)) AS json_array_elements_text)
            ELSE NULL::text[]
        END AS fields,
    ((f.data ->> 'result'::text) COLLATE "C") AS result,
    ((f.data ->> 'latency_ms'::text))::integer AS latency_ms,
    (f.data ->> 'client'::text) AS client
   FROM (public.lookup_exception x
     CROSS JOIN LATERAL ( SELECT
                CASE x.kind
                    WHEN 'corrected'::text THEN (x.data -> 'event'::text)
                    ELSE x.data
                END AS data,
                CASE x.kind
                    WHEN 'corrected'::text THEN public.moment_at(((x.data ->> 'time'::text))::bigint)
                    ELSE x."time"
                END AS "time") f)
  WHERE ((x.kind <> 'voided'::text) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_exception o
          WHERE ((o.subject = x.subject) AND (o.source = x.source) AND (o.id = x.id) AND (ROW(o."time", o.digest) > ROW(x."time", x.digest)))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_event e
          WHERE ((e.subject = x.subject) AND (e.source = x.source) AND (e.id = x.id) AND (e.day = x.day) AND (ROW(e."time", e.digest) > ROW(x."time", x.digest)))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_ruling r
          WHERE ((r.subject = x.subject) AND (r.replaces_source = x.source) AND (r.replaces_id = x.id))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_ruling r
          WHERE ((x.kind = 'corrected'::text) AND (r.subject = x.subject) AND (r.replaces_source = x.replaces_source) AND (r.replaces_id = x.replaces_id) AND (ROW(r."time", r.kind, r.source, r.id) > ROW(x."time", x.kind, x.source, x.id)))))) AND (NOT (EXISTS ( SELECT
           FROM public.lookup_voided v
          WHERE (v.subject = x.subject)))));

CREATE FUNCTION public.lookup_counted(of_counter text, of_first date, of_last date, of_unit text, of_part text) RETURNS TABLE(subject text, amount bigint)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT ((d.account || '/'::text) || d.day),
     (sum(
         CASE lookup_counted.of_counter
             WHEN 'lookups'::text THEN d.lookups
             WHEN 'without_case'::text THEN d.without_case
             WHEN 'not_found'::text THEN d.not_found
             WHEN 'mismatch'::text THEN d.mismatch
             WHEN 'errors'::text THEN d.errors
             WHEN 'automatic'::text THEN d.automatic
             WHEN 'latency_total'::text THEN d.latency_total
             WHEN 'timed'::text THEN d.timed
             ELSE d.lookups
         END))::bigint AS sum
    FROM public.lookup_by_account_day d
   WHERE ((lookup_counted.of_part IS NULL) AND ((d.day >= COALESCE(lookup_counted.of_first, '-infinity'::date)) AND (d.day <= COALESCE(lookup_counted.of_last, 'infinity'::date))) AND ((lookup_counted.of_unit IS NULL) OR (d.unit = lookup_counted.of_unit)))
   GROUP BY ((d.account || '/'::text) || d.day)
 UNION ALL
  SELECT s.subject,
     sum(
         CASE lookup_counted.of_counter
             WHEN 'without_case'::text THEN ((s.case_code IS NULL))::integer
             WHEN 'not_found'::text THEN ((s.result = 'not_found'::text))::integer
             WHEN 'mismatch'::text THEN ((s.result = 'mismatch'::text))::integer
             WHEN 'errors'::text THEN ((s.result = 'error'::text))::integer
             WHEN 'automatic'::text THEN ((s.channel = 'automatic'::text))::integer
             WHEN 'latency_total'::text THEN COALESCE(s.latency_ms, 0)
             WHEN 'timed'::text THEN ((s.latency_ms IS NOT NULL))::integer
             ELSE 1
         END) AS sum
    FROM public.lookup_said s
   WHERE ((lookup_counted.of_part IS NOT NULL) AND (s.application = lookup_counted.of_part) AND ((s.day >= COALESCE(lookup_counted.of_first, '-infinity'::date)) AND (s.day <= COALESCE(lookup_counted.of_last, 'infinity'::date))) AND ((lookup_counted.of_unit IS NULL) OR (s.unit = lookup_counted.of_unit)))
   GROUP BY s.subject;

END;

CREATE FUNCTION public.lookup_subject_shown(subject text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (public.lookup_account_shown(public.lookup_account_of(subject)) || "right"(subject, 11));

CREATE FUNCTION public.lookup_subject_told(shown text) RETURNS text
    LANGUAGE sql STABLE STRICT
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (public.lookup_accounts_named() OR (NOT pg_input_is_valid("right"(shown, 10), 'date'::text))) THEN shown
             ELSE COALESCE(( SELECT (a.account || "right"(lookup_subject_told.shown, 11))
                FROM ( SELECT DISTINCT d.account
                        FROM public.lookup_by_account_day d
                       WHERE (d.day = ("right"(lookup_subject_told.shown, 10))::date)) a
               WHERE (public.lookup_account_shown(a.account) = public.lookup_account_of(lookup_subject_told.shown))
              LIMIT 1), ''::text)
         END AS "coalesce";

END;

CREATE FUNCTION public.named_before(of_edition bigint, of_names text[]) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((of_names IS NULL) OR (EXISTS (SELECT FROM public.rules_change c WHERE ((c.load_id > named_before.of_edition) AND (c.names && named_before.of_names)))));

CREATE FUNCTION public.province_clock(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (at + (((COALESCE(NULLIF(current_setting('ioc.clock_offset_s'::text, true), ''::text), '0'::text))::integer)::double precision * '00:00:01'::interval));

CREATE TABLE public.ref_alias (
    kind text NOT NULL COLLATE pg_catalog."C",
    alias text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    valid_from date NOT NULL,
    valid_to date,
    kept boolean NOT NULL
);

CREATE FUNCTION public.reference_key(asked text, spelt text, on_day date) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (count(DISTINCT ref_alias.key) FILTER (WHERE (NOT ref_alias.kept)) = 1) THEN min(ref_alias.key) FILTER (WHERE (NOT ref_alias.kept))
             WHEN ((count(*) FILTER (WHERE (NOT ref_alias.kept)) = 0) AND (count(DISTINCT ref_alias.key) = 1)) THEN min(ref_alias.key)
             ELSE NULL::text
         END AS "case"
    FROM public.ref_alias
   WHERE ((ref_alias.kind = reference_key.asked) AND (ref_alias.alias = NORMALIZE(reference_key.spelt, NFC)) AND ((reference_key.on_day >= ref_alias.valid_from) AND (reference_key.on_day <= COALESCE(ref_alias.valid_to, 'infinity'::date))));

END;

CREATE FUNCTION public.score_disliked(of_first date, of_last date, of_at timestamp with time zone, of_unit text) RETURNS TABLE(subject text, unit text, late boolean)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject,
     s.unit,
     s.late_766
    FROM public.case_state s
   WHERE (((s.score_flags & 128) <> 0) AND (s.ended_766 IS NOT NULL) AND (s.late_766 IS NOT NULL) AND ((public.province_day(s.ended_766) >= score_disliked.of_first) AND (public.province_day(s.ended_766) <= score_disliked.of_last)) AND ((score_disliked.of_unit IS NULL) OR (s.unit = score_disliked.of_unit)))
 UNION ALL
  SELECT s.subject,
     s.unit,
     (COALESCE(s.late_766, false) OR (s.due_766 < score_disliked.of_at))
    FROM public.case_state s
   WHERE (((s.score_flags & 128) <> 0) AND (s.accepted_at < score_disliked.of_at) AND (s.ended_at IS NULL) AND (s.ended_766 IS NULL) AND (s.voided_at IS NULL) AND (s.late_766 OR (s.due_766 IS NOT NULL)) AND ((score_disliked.of_unit IS NULL) OR (s.unit = score_disliked.of_unit)))
 UNION ALL
  SELECT s.subject,
     s.unit,
     (s.due_766 < score_disliked.of_at)
    FROM public.case_state s
   WHERE (((s.score_flags & 128) <> 0) AND (public.province_day(s.ended_766) > score_disliked.of_last) AND (s.accepted_at < score_disliked.of_at) AND (s.voided_at IS NULL) AND (s.due_766 IS NOT NULL) AND ((score_disliked.of_unit IS NULL) OR (s.unit = score_disliked.of_unit)));

END;

CREATE VIEW public.case_open WITH (security_invoker='true') AS
 SELECT subject,
    unit,
    procedure,
    channel,
    accepted_at,
    due_at,
    last_unit,
    last_at,
    due_61,
    due_766,
    ended_766,
    late_766,
    supplement_requests,
    waits_for,
    waits_since
   FROM public.case_state
  WHERE ((accepted_at IS NOT NULL) AND (ended_at IS NULL) AND (voided_at IS NULL));

CREATE FUNCTION public.score_open(of_at timestamp with time zone, of_last date, of_unit text) RETURNS TABLE(subject text, unit text, overdue boolean)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT o.subject,
     o.unit,
     (COALESCE(o.late_766, false) OR (o.due_766 < score_open.of_at))
    FROM public.case_open o
   WHERE ((o.ended_766 IS NULL) AND (o.accepted_at < score_open.of_at) AND ((score_open.of_unit IS NULL) OR (o.unit = score_open.of_unit)) AND (o.late_766 OR (o.due_766 IS NOT NULL)))
 UNION ALL
  SELECT s.subject,
     s.unit,
     (s.due_766 < score_open.of_at)
    FROM public.case_state s
   WHERE ((public.province_day(s.ended_766) > score_open.of_last) AND (s.accepted_at < score_open.of_at) AND (s.voided_at IS NULL) AND (s.due_766 IS NOT NULL) AND ((score_open.of_unit IS NULL) OR (s.unit = score_open.of_unit)));

END;

CREATE FUNCTION public.score_lacking(of_progress boolean, of_disliked boolean, of_has integer, of_lacks integer, of_first date, of_last date, of_at timestamp with time zone, of_unit text) RETURNS TABLE(subject text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject
    FROM public.case_state s
   WHERE ((NOT score_lacking.of_progress) AND (s.accepted_at IS NOT NULL) AND ((public.province_day(s.accepted_at) >= score_lacking.of_first) AND (public.province_day(s.accepted_at) <= score_lacking.of_last)) AND ((s.score_flags & score_lacking.of_has) = score_lacking.of_has) AND ((s.score_flags & score_lacking.of_lacks) = 0) AND ((score_lacking.of_unit IS NULL) OR (s.unit = score_lacking.of_unit)))
 UNION ALL
  SELECT s.subject
    FROM public.case_state s
   WHERE (score_lacking.of_progress AND (s.ended_766 IS NOT NULL) AND ((public.province_day(s.ended_766) >= score_lacking.of_first) AND (public.province_day(s.ended_766) <= score_lacking.of_last)) AND s.late_766 AND ((score_lacking.of_unit IS NULL) OR (s.unit = score_lacking.of_unit)))
 UNION ALL
  SELECT o.subject
    FROM public.score_open(score_lacking.of_at, score_lacking.of_last, score_lacking.of_unit) o(subject, unit, overdue)
   WHERE (score_lacking.of_progress AND o.overdue)
 UNION ALL
  SELECT d.subject
    FROM public.score_disliked(score_lacking.of_first, score_lacking.of_last, score_lacking.of_at, score_lacking.of_unit) d(subject, unit, late)
   WHERE (score_lacking.of_disliked AND (NOT d.late));

END;

CREATE TABLE public.subject_state (
    domain text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL,
    part text NOT NULL,
    standing text NOT NULL,
    title text,
    opened_at timestamp with time zone,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    last_at timestamp with time zone,
    voided_at timestamp with time zone,
    oversized boolean NOT NULL,
    simulated boolean NOT NULL,
    detail json NOT NULL,
    contribution text NOT NULL,
    rules_version integer NOT NULL,
    names text[],
    rules_edition bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.05');

CREATE FUNCTION public.score_petition(of_first date, of_last date, of_at timestamp with time zone, of_unit text) RETURNS TABLE(subject text, unit text, answered boolean, late boolean, disliked boolean)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT p.subject,
     p.unit,
     p.answered,
     (NOT (p.answered AND (p.ended_at <= p.due_at))),
     p.disliked
    FROM ( SELECT s.subject,
             s.unit,
             s.opened_at,
             s.due_at,
             s.ended_at,
             COALESCE(((public.province_day(s.ended_at) >= score_petition.of_first) AND (public.province_day(s.ended_at) <= score_petition.of_last)), false) AS answered,
             COALESCE(((s.detail ->> 'disliked'::text))::boolean, false) AS disliked
            FROM public.subject_state s
           WHERE ((s.domain = 'petition'::text) AND (s.standing = ANY (ARRAY['open'::text, 'answered'::text])) AND (s.opened_at IS NOT NULL) AND (s.due_at IS NOT NULL) AND ((score_petition.of_unit IS NULL) OR (s.unit = score_petition.of_unit)))) p
   WHERE (p.answered OR ((p.opened_at < score_petition.of_at) AND (p.due_at < score_petition.of_at) AND ((p.ended_at IS NULL) OR (p.ended_at >= score_petition.of_at))));

END;

CREATE TABLE public.ref_procedure (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    sector text,
    level text,
    online text,
    fee boolean,
    max_working_days integer,
    aliases text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    unverified text,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

CREATE TABLE public.ref_service (
    id bigint NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    decision text NOT NULL,
    lead_agency text NOT NULL,
    procedure_codes text,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    code_confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint,
    short_name text
);

CREATE FUNCTION public.service_key(of_first date, of_last date, of_number integer) RETURNS TABLE(number integer, procedure text, first_day date, last_day date, online text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH named AS MATERIALIZED (
          SELECT DISTINCT s.number,
             code.code,
             spelt.procedure
            FROM (((public.ref_service s
              CROSS JOIN LATERAL unnest(string_to_array(s.procedure_codes, '|'::text)) code(code))
              JOIN public.ref_alias a ON (((a.kind = 'procedure'::text) AND (a.key = code.code))))
              CROSS JOIN LATERAL ( VALUES (a.alias), (NORMALIZE(a.alias, NFD))) spelt(procedure))
           WHERE ((s.replaced_by IS NULL) AND ((service_key.of_number IS NULL) OR (s.number = service_key.of_number)))
         ), border AS (
          SELECT service_key.of_first AS day
         UNION
          SELECT unnest(ARRAY[a.valid_from, (a.valid_to + 1)]) AS unnest
            FROM public.ref_alias a
           WHERE ((a.kind = 'procedure'::text) AND (a.alias IN ( SELECT NORMALIZE(n_1.procedure, NFC) AS "normalize"
                    FROM named n_1)))
         UNION
          SELECT unnest(ARRAY[s.valid_from, (s.valid_to + 1)]) AS unnest
            FROM public.ref_service s
           WHERE ((s.replaced_by IS NULL) AND (s.number IN ( SELECT n_1.number
                    FROM named n_1)))
         UNION
          SELECT unnest(ARRAY[p.valid_from, (p.valid_to + 1)]) AS unnest
            FROM public.ref_procedure p
           WHERE ((p.replaced_by IS NULL) AND (p.code IN ( SELECT n_1.code
                    FROM named n_1)))
         ), span AS MATERIALIZED (
          SELECT b.day AS first_day,
             COALESCE((lead(b.day) OVER (ORDER BY b.day) - 1), service_key.of_last) AS last_day
            FROM border b
           WHERE ((b.day >= service_key.of_first) AND (b.day <= service_key.of_last))
         )
  SELECT n.number,
     n.procedure,
     span.first_day,
     span.last_day,
     ( SELECT p.online
            FROM public.ref_procedure p
           WHERE ((p.replaced_by IS NULL) AND (p.code = n.code) AND ((span.first_day >= p.valid_from) AND (span.first_day <= COALESCE(p.valid_to, 'infinity'::date))))
           ORDER BY p.kept, p.valid_from DESC
          LIMIT 1) AS online
    FROM (named n
      CROSS JOIN span)
   WHERE ((public.reference_key('procedure'::text, n.procedure, span.first_day) = n.code) AND (EXISTS ( SELECT
            FROM public.ref_service s
           WHERE ((s.replaced_by IS NULL) AND (s.number = n.number) AND (n.code = ANY (string_to_array(s.procedure_codes, '|'::text))) AND ((span.first_day >= s.valid_from) AND (span.first_day <= COALESCE(s.valid_to, 'infinity'::date)))))));

END;

CREATE FUNCTION public.service_case(of_first date, of_last date, of_number integer, of_unit text) RETURNS TABLE(number integer, subject text, unit text, counts_as text[])
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH keys AS MATERIALIZED (
          SELECT k.number,
             k.procedure,
             k.first_day,
             k.last_day,
             k.online
            FROM public.service_key(service_case.of_first, service_case.of_last, service_case.of_number) k(number, procedure, first_day, last_day, online)
         ), came AS (
          SELECT k.number,
             k.online AS offered,
             s.subject,
             s.unit,
             true AS received,
             (s.channel = 'online'::text) AS online,
             (COALESCE((s.end_kind = 'refused'::text), false) OR (s.supplement_requests > 0)) AS refused,
             ((s.synced_at IS NOT NULL) OR (s.portal_status IS NOT NULL)) AS known
            FROM (keys k
              JOIN public.case_state s ON (((s.procedure = k.procedure) AND ((public.province_day(s.accepted_at) >= k.first_day) AND (public.province_day(s.accepted_at) <= k.last_day)))))
           WHERE ((s.accepted_at IS NOT NULL) AND ((service_case.of_unit IS NULL) OR (s.unit = service_case.of_unit)))
         UNION ALL
          SELECT k.number,
             k.online,
             s.subject,
             s.unit,
             false,
             true,
             true,
             false
            FROM (keys k
              JOIN public.case_state s ON (((s.procedure = k.procedure) AND ((public.province_day(s.ended_at) >= k.first_day) AND (public.province_day(s.ended_at) <= k.last_day)))))
           WHERE ((s.accepted_at IS NULL) AND (s.end_kind = 'refused'::text) AND (s.channel = 'online'::text) AND ((service_case.of_unit IS NULL) OR (s.unit = service_case.of_unit)))
         )
  SELECT c.number,
     c.subject,
     c.unit,
     array_remove(ARRAY[
         CASE
             WHEN c.received THEN 'received'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (c.received AND c.online) THEN 'online'::text
             ELSE NULL::text
         END,
         CASE
             WHEN ((NOT c.online) AND (c.offered = 'none'::text)) THEN 'not_offered'::text
             ELSE NULL::text
         END,
         CASE
             WHEN ((NOT c.online) AND (c.offered IS NULL)) THEN 'offer_unknown'::text
             ELSE NULL::text
         END,
         CASE
             WHEN ((NOT c.online) AND (c.offered <> 'none'::text)) THEN 'not_used'::text
             ELSE NULL::text
         END,
         CASE
             WHEN c.online THEN 'tried'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (c.online AND c.refused) THEN 'refused'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (c.received AND c.online AND (NOT c.known)) THEN 'sync'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (c.received AND c.known) THEN 'portal'::text
             ELSE NULL::text
         END,
         CASE
             WHEN (c.received AND c.online AND c.known) THEN 'portal_online'::text
             ELSE NULL::text
         END], NULL::text) AS array_remove
    FROM came c;

END;

CREATE TABLE public.source_digest (
    source text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    "time" timestamp with time zone NOT NULL,
    digest bytea NOT NULL,
    topic text NOT NULL,
    day date NOT NULL,
    unit text NOT NULL,
    part integer NOT NULL,
    parts integer NOT NULL,
    count bigint NOT NULL,
    hash text NOT NULL,
    ids text[]
);

CREATE TABLE public.subject_event (
    domain text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    "time" timestamp with time zone NOT NULL,
    digest bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    data json NOT NULL,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE FUNCTION public.source_losses(of_first date, of_last date, of_since timestamp with time zone, of_until timestamp with time zone, of_domains text[], of_topics text[]) RETURNS TABLE(source text, topic text, day date, unit text, sent bigint, held bigint, missing bigint, ids text[])
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH said AS (
          SELECT DISTINCT ON (source_digest.source, source_digest.topic, source_digest.day, source_digest.unit, source_digest.part, source_digest.parts) source_digest.source,
             source_digest.topic,
             source_digest.day,
             source_digest.unit,
             source_digest.part,
             source_digest.parts,
             source_digest.count,
             source_digest.hash,
             source_digest.ids,
             source_digest."time"
            FROM public.source_digest
           WHERE ((source_digest.day >= source_losses.of_first) AND (source_digest.day <= source_losses.of_last))
           ORDER BY source_digest.source, source_digest.topic, source_digest.day, source_digest.unit, source_digest.part, source_digest.parts, source_digest."time" DESC, source_digest.digest DESC
         ), latest AS (
          SELECT DISTINCT ON (said.source, said.topic, said.day, said.unit) said.source,
             said.topic,
             said.day,
             said.unit,
             said.parts
            FROM said
           ORDER BY said.source, said.topic, said.day, said.unit, said."time" DESC, said.parts DESC
         ), sent AS (
          SELECT s.source,
             s.topic,
             s.day,
             s.unit,
             s.part,
             s.parts,
             s.count,
             s.hash,
             s.ids,
             s."time"
            FROM (said s
              JOIN latest l_1 USING (source, topic, day, unit, parts))
         ), held AS MATERIALIZED (
          SELECT DISTINCT 'cases'::text AS topic,
             e.source,
             public.province_day(e."time") AS day,
             COALESCE((e.data ->> 'unit'::text), ((e.data -> 'event'::text) ->> 'unit'::text), ''::text) AS unit,
             e.id
            FROM public.case_event e
           WHERE ((e."time" >= source_losses.of_since) AND (e."time" < source_losses.of_until) AND (e.source IN ( SELECT sent.source
                    FROM sent
                   WHERE (sent.topic = 'cases'::text))) AND ((e.kind <> 'corrected'::text) OR (e.id !~ '^[0-9a-f]{32}[.]0$'::text)))
         UNION
          SELECT DISTINCT t.topic,
             e.source,
             public.province_day(e."time") AS province_day,
             COALESCE((e.data ->> 'unit'::text), ((e.data -> 'event'::text) ->> 'unit'::text), ''::text) AS "coalesce",
             e.id
            FROM (public.subject_event e
              JOIN UNNEST(source_losses.of_domains, source_losses.of_topics) t(domain, topic) USING (domain))
           WHERE ((e."time" >= source_losses.of_since) AND (e."time" < source_losses.of_until) AND (e.source IN ( SELECT sent.source
                    FROM sent
                   WHERE (sent.topic <> 'cases'::text))) AND ((e.kind <> 'corrected'::text) OR (e.id !~ '^[0-9a-f]{32}[.]0$'::text)))
         UNION
          SELECT 'lookups'::text,
             e.source,
             e.day,
             e.unit,
             e.id
            FROM public.lookup_event e
           WHERE (((e.day >= source_losses.of_first) AND (e.day <= source_losses.of_last)) AND (e.source IN ( SELECT sent.source
                    FROM sent
                   WHERE (sent.topic = 'lookups'::text))))
         UNION
          SELECT DISTINCT 'lookups'::text,
             e.source,
             public.province_day(e."time") AS province_day,
             COALESCE((e.data ->> 'unit'::text), ((e.data -> 'event'::text) ->> 'unit'::text), ''::text) AS "coalesce",
             e.id
            FROM public.lookup_exception e
           WHERE ((e."time" >= source_losses.of_since) AND (e."time" < source_losses.of_until) AND (e.source IN ( SELECT sent.source
                    FROM sent
                   WHERE (sent.topic = 'lookups'::text))))
         ), counted AS MATERIALIZED (
          SELECT placed.source,
             placed.topic,
             placed.day,
             placed.unit,
             placed.part,
             count(*) AS held,
             encode(sha256(convert_to(string_agg((placed.id || '
'::text), ''::text ORDER BY (placed.id COLLATE "C")), 'UTF8'::name)), 'hex'::text) AS hash
            FROM ( SELECT h.source,
                     h.topic,
                     h.day,
                     h.unit,
                     h.id,
                         CASE l_1.parts
                             WHEN 1 THEN 0
                             ELSE ((((('x'::text || substr(encode(sha256(convert_to(h.id, 'UTF8'::name)), 'hex'::text), 1, 8)))::bit(32))::bigint % (l_1.parts)::bigint))::integer
                         END AS part
                    FROM (held h
                      JOIN latest l_1 USING (source, topic, day, unit))) placed
           GROUP BY placed.source, placed.topic, placed.day, placed.unit, placed.part
         ), compared AS MATERIALIZED (
          SELECT s.source,
             s.topic,
             s.day,
             s.unit,
             s.ids,
             s.count,
             COALESCE(c.held, (0)::bigint) AS held,
             (COALESCE(c.hash, encode(sha256('\x'::bytea), 'hex'::text)) = s.hash) AS same
            FROM (sent s
              LEFT JOIN counted c USING (source, topic, day, unit, part))
         ), differing AS (
          SELECT compared.source,
             compared.topic,
             compared.day,
             compared.unit,
             (sum(compared.count))::bigint AS sent,
             (sum(compared.held))::bigint AS held
            FROM compared
           GROUP BY compared.source, compared.topic, compared.day, compared.unit
          HAVING (NOT bool_and(compared.same))
         ), lost AS (
          SELECT c.source,
             c.topic,
             c.day,
             c.unit,
             array_agg(i.id ORDER BY (i.id COLLATE "C")) AS ids
            FROM (compared c
              CROSS JOIN LATERAL unnest(c.ids) i(id))
           WHERE ((NOT c.same) AND (NOT (EXISTS ( SELECT
                    FROM held h
                   WHERE ((h.topic = c.topic) AND (h.source = c.source) AND (h.day = c.day) AND (h.id = i.id))))))
           GROUP BY c.source, c.topic, c.day, c.unit
         )
  SELECT d.source,
     d.topic,
     d.day,
     d.unit,
     d.sent,
     d.held,
     GREATEST((d.sent - d.held), (COALESCE(cardinality(l.ids), 0))::bigint) AS missing,
     COALESCE(l.ids, '{}'::text[]) AS ids
    FROM (differing d
      LEFT JOIN lost l USING (source, topic, day, unit));

END;

CREATE TABLE public.ref_unit (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    tier text NOT NULL,
    parent text,
    h19_code text,
    aliases text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

CREATE TABLE public.ref_unit_successor (
    id bigint NOT NULL,
    old_code text NOT NULL,
    old_name text NOT NULL,
    old_district text,
    old_province text NOT NULL,
    new_code text NOT NULL,
    new_name text NOT NULL,
    share text NOT NULL,
    usable boolean NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

CREATE TABLE public.stream_source (
    source text NOT NULL,
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    events bigint DEFAULT 0 NOT NULL,
    duplicates bigint DEFAULT 0 NOT NULL,
    rejected bigint DEFAULT 0 NOT NULL,
    last_time timestamp with time zone,
    received_at timestamp with time zone
)
WITH (fillfactor='50');

CREATE TABLE public.subject_figure (
    domain text NOT NULL COLLATE pg_catalog."C",
    counter text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    part text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    amount bigint NOT NULL,
    subjects bigint NOT NULL
)
WITH (fillfactor='60');

CREATE VIEW public.subject_level WITH (security_invoker='true') AS
 SELECT domain,
    counter,
    unit,
    part,
    day,
        CASE
            WHEN (subjects = 1) THEN amount
            ELSE ( SELECT ((r.cells ->> 4))::bigint AS int8
               FROM (public.subject_state s
                 CROSS JOIN LATERAL json_array_elements((s.contribution)::json) r(cells))
              WHERE ((s.domain = f.domain) AND (strpos(s.contribution, (to_json(f.unit))::text) > 0) AND ((r.cells ->> 0) = f.counter) AND ((r.cells ->> 1) = f.unit) AND ((r.cells ->> 2) = f.part) AND (('1970-01-01'::date + ((r.cells ->> 3))::integer) = f.day))
              ORDER BY s.last_at DESC NULLS LAST, s.subject DESC
             LIMIT 1)
        END AS amount
   FROM public.subject_figure f;

CREATE VIEW public.unit_end AS
 SELECT old.unit,
    lag(old.day, 1, '-infinity'::date) OVER (PARTITION BY old.unit ORDER BY old.day) AS since,
    old.day,
    (count(came.old_code) = 0) AS gone
   FROM (( SELECT DISTINCT ref_unit_successor.old_code AS unit,
            ref_unit_successor.valid_from AS day
           FROM public.ref_unit_successor
          WHERE (ref_unit_successor.replaced_by IS NULL)) old
     LEFT JOIN public.ref_unit_successor came ON (((came.new_code = old.unit) AND (came.valid_from = old.day) AND (came.replaced_by IS NULL))))
  WHERE (old.day <= ( SELECT public.province_day(max(stream_source.last_time)) AS province_day
           FROM public.stream_source))
  GROUP BY old.unit, old.day
 HAVING ((count(came.old_code) = 0) OR bool_or((came.old_code <> old.unit)));

CREATE FUNCTION public.standing_level(of_domain text, of_counters text[], of_last date, of_unit text, of_part text) RETURNS TABLE(counter text, unit text, part text, day date, amount bigint, total boolean)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT l.counter,
     l.unit,
     l.part,
     l.day,
     l.amount,
     (EXISTS ( SELECT
            FROM public.ref_unit u
           WHERE ((u.code = l.unit) AND (u.tier = 'province'::text) AND (u.replaced_by IS NULL)))) AS "exists"
    FROM ( SELECT DISTINCT ON (f.counter, f.unit, f.part) f.counter,
             f.unit,
             f.part,
             f.day,
             f.amount
            FROM public.subject_level f
           WHERE ((f.domain = standing_level.of_domain) AND (f.counter = ANY (standing_level.of_counters)) AND (f.day <= COALESCE(standing_level.of_last, 'infinity'::date)) AND ((standing_level.of_unit IS NULL) OR (f.unit = standing_level.of_unit)) AND ((standing_level.of_part IS NULL) OR (f.part = standing_level.of_part)))
           ORDER BY f.counter DESC, f.unit DESC, f.part DESC, f.day DESC) l
   WHERE (NOT (EXISTS ( SELECT
            FROM public.unit_end e
           WHERE ((e.unit = l.unit) AND (e.day > l.day) AND (e.day <= COALESCE(standing_level.of_last, 'infinity'::date))))));

END;

CREATE FUNCTION public.subject_counted(of_domain text, of_counter text, of_kind text, of_first date, of_last date, of_unit text, of_part text, of_standings text[], of_due text, of_as_of timestamp with time zone, of_soon timestamp with time zone) RETURNS TABLE(subject text, amount bigint)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.subject,
     (sum(((r.cells ->> 4))::bigint))::bigint AS sum
    FROM (public.subject_state s
      CROSS JOIN LATERAL json_array_elements((s.contribution)::json) r(cells))
   WHERE ((subject_counted.of_kind = 'flow'::text) AND (s.domain = subject_counted.of_domain) AND ((r.cells ->> 0) = subject_counted.of_counter) AND (strpos(s.contribution, (to_json(subject_counted.of_counter))::text) > 0) AND ((subject_counted.of_unit IS NULL) OR (strpos(s.contribution, (to_json(subject_counted.of_unit))::text) > 0)) AND ((subject_counted.of_part IS NULL) OR (strpos(s.contribution, (to_json(subject_counted.of_part))::text) > 0)) AND ((s.domain = 'portal'::text) OR (s.last_at >= COALESCE(((subject_counted.of_first)::timestamp without time zone AT TIME ZONE 'Asia/Ho_Chi_Minh'::text), '-infinity'::timestamp with time zone))) AND ((('1970-01-01'::date + ((r.cells ->> 3))::integer) >= COALESCE(subject_counted.of_first, '-infinity'::date)) AND (('1970-01-01'::date + ((r.cells ->> 3))::integer) <= COALESCE(subject_counted.of_last, 'infinity'::date))) AND ((subject_counted.of_unit IS NULL) OR ((r.cells ->> 1) = subject_counted.of_unit)) AND ((subject_counted.of_part IS NULL) OR ((r.cells ->> 2) = subject_counted.of_part)))
   GROUP BY s.subject
 UNION ALL
  SELECT told.subject,
     (sum(told.amount))::bigint AS sum
    FROM ( SELECT DISTINCT ON (l.unit, l.part) s.subject,
             ((r.cells ->> 4))::bigint AS amount
            FROM ((public.subject_state s
              CROSS JOIN LATERAL json_array_elements((s.contribution)::json) r(cells))
              JOIN ( SELECT f.unit,
                     f.part,
                     f.day,
                     f.total,
                     bool_or(f.total) OVER (PARTITION BY f.part) AS told
                    FROM public.standing_level(subject_counted.of_domain, ARRAY[subject_counted.of_counter], subject_counted.of_last, subject_counted.of_unit, subject_counted.of_part) f(counter, unit, part, day, amount, total)
                   WHERE (subject_counted.of_kind = 'level'::text)) l ON (((l.unit = (r.cells ->> 1)) AND (l.part = (r.cells ->> 2)) AND (l.day = ('1970-01-01'::date + ((r.cells ->> 3))::integer)) AND ((subject_counted.of_unit IS NOT NULL) OR l.total OR (NOT l.told)))))
           WHERE ((subject_counted.of_kind = 'level'::text) AND (s.domain = subject_counted.of_domain) AND ((r.cells ->> 0) = subject_counted.of_counter) AND ((subject_counted.of_unit IS NULL) OR (strpos(s.contribution, (to_json(subject_counted.of_unit))::text) > 0)) AND ((subject_counted.of_part IS NULL) OR (strpos(s.contribution, (to_json(subject_counted.of_part))::text) > 0)))
           ORDER BY l.unit, l.part, s.last_at DESC NULLS LAST, s.subject DESC) told
   GROUP BY told.subject
 UNION ALL
  SELECT s.subject,
     (1)::bigint AS int8
    FROM public.subject_state s
   WHERE ((subject_counted.of_kind = 'now'::text) AND (s.domain = subject_counted.of_domain) AND (s.standing = ANY (subject_counted.of_standings)) AND ((subject_counted.of_due IS NULL) OR ((subject_counted.of_due = 'past'::text) AND (s.due_at < subject_counted.of_as_of)) OR ((subject_counted.of_due = 'soon'::text) AND (s.due_at >= subject_counted.of_as_of) AND (s.due_at < subject_counted.of_soon))) AND ((subject_counted.of_first IS NULL) OR (public.province_day(s.opened_at) >= subject_counted.of_first)) AND ((subject_counted.of_last IS NULL) OR (public.province_day(s.opened_at) <= subject_counted.of_last)) AND ((subject_counted.of_unit IS NULL) OR (s.unit = subject_counted.of_unit)) AND ((subject_counted.of_part IS NULL) OR (s.part = subject_counted.of_part)));

END;

CREATE FUNCTION public.subjects_under_old_names() RETURNS TABLE(domain text, subject text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.domain,
     s.subject
    FROM public.subject_state s
   WHERE (s.names IS NULL)
 UNION ALL
  SELECT s.domain,
     s.subject
    FROM public.subject_state s
   WHERE ((s.names IS NOT NULL) AND (s.rules_edition < ( SELECT max(c.load_id) AS max
            FROM public.rules_change c)) AND (( SELECT max(c.load_id) AS max
            FROM public.rules_change c) > ( SELECT w.edition
            FROM public.rules_swept w)) AND public.named_before(s.rules_edition, s.names));

END;

CREATE VIEW public.case_flow_repeated WITH (security_invoker='true') AS
 SELECT s.subject,
    (f.flow ->> 0) AS counter,
        CASE
            WHEN ((f.flow ->> 0) = 'steps'::text) THEN (f.flow ->> 1)
            ELSE s.unit
        END AS unit,
    s.procedure,
    s.channel,
    ('1970-01-01'::date + ((f.flow ->> 2))::integer) AS day,
    ((f.flow ->> 3))::bigint AS amount,
    s.due_at,
    s.ended_at,
    s.last_at
   FROM (public.case_state s
     CROSS JOIN LATERAL json_array_elements(s.flows) f(flow));

CREATE VIEW public.case_flow_single WITH (security_invoker='true') AS
 SELECT case_state.subject,
    'submitted'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.submitted_at) AS day,
    (1)::bigint AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE (case_state.submitted_at IS NOT NULL)
UNION ALL
 SELECT case_state.subject,
    'accepted'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.accepted_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE (case_state.accepted_at IS NOT NULL)
UNION ALL
 SELECT case_state.subject,
    'finished'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])))
UNION ALL
 SELECT case_state.subject,
    'on_time'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])) AND (case_state.ended_at <= case_state.due_at))
UNION ALL
 SELECT case_state.subject,
    'late'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])) AND (case_state.ended_at > case_state.due_at))
UNION ALL
 SELECT case_state.subject,
    'refused'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = 'refused'::text))
UNION ALL
 SELECT case_state.subject,
    'stopped'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = 'stopped'::text))
UNION ALL
 SELECT case_state.subject,
    'withdrawn'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = 'withdrawn'::text))
UNION ALL
 SELECT case_state.subject,
    'returned'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.returned_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE (case_state.returned_at IS NOT NULL)
UNION ALL
 SELECT case_state.subject,
    'voided'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.voided_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE (case_state.voided_at IS NOT NULL)
UNION ALL
 SELECT case_state.subject,
    'oversized'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    '2010-01-01'::date AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE case_state.oversized
UNION ALL
 SELECT case_state.subject,
    'on_time_61'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])) AND (case_state.ended_at <= case_state.due_61))
UNION ALL
 SELECT case_state.subject,
    'late_61'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])) AND (case_state.ended_at > case_state.due_61))
UNION ALL
 SELECT case_state.subject,
    'on_time_766'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_766) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_766 IS NOT NULL) AND (NOT case_state.late_766))
UNION ALL
 SELECT case_state.subject,
    'late_766'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_766) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_766 IS NOT NULL) AND case_state.late_766)
UNION ALL
 SELECT case_state.subject,
    'late_real'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.late_cause = 'real'::text))
UNION ALL
 SELECT case_state.subject,
    'late_waiting'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.ended_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.ended_at IS NOT NULL) AND (case_state.late_cause = 'waiting'::text))
UNION ALL
 SELECT case_state.subject,
    'late_sync'::text AS counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.portal_learned_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM public.case_state
  WHERE ((case_state.portal_learned_at IS NOT NULL) AND (case_state.end_kind = ANY (ARRAY['finished'::text, 'returned'::text])) AND (case_state.ended_at <= case_state.due_at) AND (case_state.portal_learned_at > case_state.due_at))
UNION ALL
 SELECT case_state.subject,
    f.counter,
    case_state.unit,
    case_state.procedure,
    case_state.channel,
    public.province_day(case_state.accepted_at) AS day,
    1 AS amount,
    case_state.due_at,
    case_state.ended_at,
    case_state.last_at
   FROM (public.case_state
     CROSS JOIN ( VALUES ('portal_known'::text,1), ('results_electronic'::text,2), ('digitised_whole'::text,4), ('papers_reused'::text,8), ('population_used'::text,16), ('fee_cases'::text,32), ('paid_online'::text,64), ('dissatisfied'::text,128), ('accepted_online'::text,256)) f(counter, "bit"))
  WHERE ((case_state.accepted_at IS NOT NULL) AND ((case_state.score_flags & f."bit") <> 0));

CREATE VIEW public.case_flow WITH (security_invoker='true') AS
 SELECT case_flow_single.subject,
    case_flow_single.counter,
    case_flow_single.unit,
    case_flow_single.procedure,
    case_flow_single.channel,
    case_flow_single.day,
    case_flow_single.amount
   FROM public.case_flow_single
UNION ALL
 SELECT case_flow_repeated.subject,
    case_flow_repeated.counter,
    case_flow_repeated.unit,
    case_flow_repeated.procedure,
    case_flow_repeated.channel,
    case_flow_repeated.day,
    case_flow_repeated.amount
   FROM public.case_flow_repeated;

CREATE TABLE public.access_account (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    issuer text DEFAULT ''::text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    units text[] DEFAULT '{}'::text[] NOT NULL,
    password text,
    password_at timestamp with time zone,
    change_password boolean DEFAULT false NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    role_by_operator boolean DEFAULT false NOT NULL,
    CONSTRAINT access_account_check CHECK (((role = 'unit_officer'::text) = (cardinality(units) > 0))),
    CONSTRAINT access_account_check1 CHECK (((issuer = ''::text) = (password IS NOT NULL))),
    CONSTRAINT access_account_role_check CHECK ((role = ANY (ARRAY['leader'::text, 'duty_officer'::text, 'unit_officer'::text, 'auditor'::text, 'administrator'::text])))
);

CREATE TABLE public.access_attempt (
    subject text NOT NULL,
    address text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.access_credential (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    token bytea NOT NULL,
    account uuid,
    name text DEFAULT ''::text NOT NULL,
    role text,
    units text[] DEFAULT '{}'::text[] NOT NULL,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    expires_at timestamp with time zone,
    idle interval,
    used_at timestamp with time zone NOT NULL,
    used_from text DEFAULT ''::text NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT access_credential_check CHECK (((kind = 'session'::text) = (account IS NOT NULL))),
    CONSTRAINT access_credential_check1 CHECK (((kind = 'session'::text) = (role IS NULL))),
    CONSTRAINT access_credential_check2 CHECK (((kind <> 'key'::text) OR (expires_at IS NOT NULL))),
    CONSTRAINT access_credential_kind_check CHECK ((kind = ANY (ARRAY['session'::text, 'key'::text, 'device'::text]))),
    CONSTRAINT access_credential_role_check CHECK ((role = ANY (ARRAY['program'::text, 'kiosk'::text, 'source'::text]))),
    CONSTRAINT access_credential_source_check CHECK (((role <> 'source'::text) OR ((kind = 'key'::text) AND (units = '{}'::text[]) AND (scopes = '{}'::text[])))),
    CONSTRAINT access_credential_token_check CHECK ((length(token) = 32))
);

CREATE TABLE public.access_oidc_begun (
    state bytea NOT NULL,
    next text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    CONSTRAINT access_oidc_begun_state_check CHECK ((length(state) = 32))
);

CREATE TABLE public.access_pairing (
    claim bytea NOT NULL,
    code bytea NOT NULL,
    browser text NOT NULL,
    asked_from text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    name text,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by text,
    taken_at timestamp with time zone,
    CONSTRAINT access_pairing_check CHECK (((name IS NULL) = (confirmed_at IS NULL))),
    CONSTRAINT access_pairing_check1 CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL))),
    CONSTRAINT access_pairing_check2 CHECK (((taken_at IS NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT access_pairing_claim_check CHECK ((length(claim) = 32)),
    CONSTRAINT access_pairing_code_check CHECK ((length(code) = 32))
);

CREATE TABLE public.access_record (
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    who text NOT NULL,
    kind text NOT NULL,
    role text NOT NULL,
    what text NOT NULL,
    object text DEFAULT ''::text NOT NULL,
    units text[] DEFAULT '{}'::text[] NOT NULL,
    rows bigint,
    address text DEFAULT ''::text NOT NULL,
    previous bytea NOT NULL,
    digest bytea NOT NULL,
    forgotten boolean DEFAULT false NOT NULL,
    unit_rows bigint[],
    CONSTRAINT access_record_check CHECK (((unit_rows IS NULL) OR (cardinality(unit_rows) = cardinality(units))))
);

CREATE TABLE public.action_outbox (
    id uuid NOT NULL,
    number bigint NOT NULL,
    domain text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    unit text NOT NULL,
    after integer,
    "time" timestamp with time zone NOT NULL,
    event text NOT NULL,
    asked bytea NOT NULL,
    by_name text NOT NULL,
    written_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone
);

ALTER TABLE public.action_outbox ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.action_outbox_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.audit_run (
    id bigint NOT NULL,
    scope text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    cases bigint NOT NULL,
    buckets bigint NOT NULL,
    differences bigint NOT NULL,
    detail json NOT NULL
);

ALTER TABLE public.audit_run ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_by_procedure_day (
    procedure text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    submitted bigint DEFAULT 0 NOT NULL,
    accepted bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    steps bigint DEFAULT 0 NOT NULL,
    supplements bigint DEFAULT 0 NOT NULL,
    supplements_received bigint DEFAULT 0 NOT NULL,
    extensions bigint DEFAULT 0 NOT NULL,
    suspensions bigint DEFAULT 0 NOT NULL,
    resumptions bigint DEFAULT 0 NOT NULL,
    stopped bigint DEFAULT 0 NOT NULL,
    withdrawn bigint DEFAULT 0 NOT NULL,
    finished bigint DEFAULT 0 NOT NULL,
    returned bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    late bigint DEFAULT 0 NOT NULL,
    paid bigint DEFAULT 0 NOT NULL,
    digitised bigint DEFAULT 0 NOT NULL,
    rated bigint DEFAULT 0 NOT NULL,
    conflicts bigint DEFAULT 0 NOT NULL,
    voided bigint DEFAULT 0 NOT NULL,
    oversized bigint DEFAULT 0 NOT NULL,
    synced bigint DEFAULT 0 NOT NULL,
    sync_refused bigint DEFAULT 0 NOT NULL,
    sync_rewritten bigint DEFAULT 0 NOT NULL,
    sync_code_invented bigint DEFAULT 0 NOT NULL,
    sync_dummy_identity bigint DEFAULT 0 NOT NULL,
    sync_attachment_repeated bigint DEFAULT 0 NOT NULL,
    sync_status_missing bigint DEFAULT 0 NOT NULL,
    chain_steps bigint DEFAULT 0 NOT NULL,
    data_used bigint DEFAULT 0 NOT NULL,
    on_time_61 bigint DEFAULT 0 NOT NULL,
    late_61 bigint DEFAULT 0 NOT NULL,
    on_time_766 bigint DEFAULT 0 NOT NULL,
    late_766 bigint DEFAULT 0 NOT NULL,
    late_real bigint DEFAULT 0 NOT NULL,
    late_waiting bigint DEFAULT 0 NOT NULL,
    late_sync bigint DEFAULT 0 NOT NULL,
    repeated_supplements bigint DEFAULT 0 NOT NULL,
    second_extensions bigint DEFAULT 0 NOT NULL,
    extensions_without_letter bigint DEFAULT 0 NOT NULL,
    refused_without_reason bigint DEFAULT 0 NOT NULL,
    accepted_late bigint DEFAULT 0 NOT NULL,
    portal_known bigint DEFAULT 0 NOT NULL,
    results_electronic bigint DEFAULT 0 NOT NULL,
    digitised_whole bigint DEFAULT 0 NOT NULL,
    papers_reused bigint DEFAULT 0 NOT NULL,
    population_used bigint DEFAULT 0 NOT NULL,
    fee_cases bigint DEFAULT 0 NOT NULL,
    paid_online bigint DEFAULT 0 NOT NULL,
    dissatisfied bigint DEFAULT 0 NOT NULL,
    accepted_online bigint DEFAULT 0 NOT NULL,
    late_requests bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.case_by_unit_day (
    unit text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    submitted bigint DEFAULT 0 NOT NULL,
    accepted bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    steps bigint DEFAULT 0 NOT NULL,
    supplements bigint DEFAULT 0 NOT NULL,
    supplements_received bigint DEFAULT 0 NOT NULL,
    extensions bigint DEFAULT 0 NOT NULL,
    suspensions bigint DEFAULT 0 NOT NULL,
    resumptions bigint DEFAULT 0 NOT NULL,
    stopped bigint DEFAULT 0 NOT NULL,
    withdrawn bigint DEFAULT 0 NOT NULL,
    finished bigint DEFAULT 0 NOT NULL,
    returned bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    late bigint DEFAULT 0 NOT NULL,
    paid bigint DEFAULT 0 NOT NULL,
    digitised bigint DEFAULT 0 NOT NULL,
    rated bigint DEFAULT 0 NOT NULL,
    conflicts bigint DEFAULT 0 NOT NULL,
    voided bigint DEFAULT 0 NOT NULL,
    oversized bigint DEFAULT 0 NOT NULL,
    synced bigint DEFAULT 0 NOT NULL,
    sync_refused bigint DEFAULT 0 NOT NULL,
    sync_rewritten bigint DEFAULT 0 NOT NULL,
    sync_code_invented bigint DEFAULT 0 NOT NULL,
    sync_dummy_identity bigint DEFAULT 0 NOT NULL,
    sync_attachment_repeated bigint DEFAULT 0 NOT NULL,
    sync_status_missing bigint DEFAULT 0 NOT NULL,
    chain_steps bigint DEFAULT 0 NOT NULL,
    data_used bigint DEFAULT 0 NOT NULL,
    on_time_61 bigint DEFAULT 0 NOT NULL,
    late_61 bigint DEFAULT 0 NOT NULL,
    on_time_766 bigint DEFAULT 0 NOT NULL,
    late_766 bigint DEFAULT 0 NOT NULL,
    late_real bigint DEFAULT 0 NOT NULL,
    late_waiting bigint DEFAULT 0 NOT NULL,
    late_sync bigint DEFAULT 0 NOT NULL,
    repeated_supplements bigint DEFAULT 0 NOT NULL,
    second_extensions bigint DEFAULT 0 NOT NULL,
    extensions_without_letter bigint DEFAULT 0 NOT NULL,
    refused_without_reason bigint DEFAULT 0 NOT NULL,
    accepted_late bigint DEFAULT 0 NOT NULL,
    portal_known bigint DEFAULT 0 NOT NULL,
    results_electronic bigint DEFAULT 0 NOT NULL,
    digitised_whole bigint DEFAULT 0 NOT NULL,
    papers_reused bigint DEFAULT 0 NOT NULL,
    population_used bigint DEFAULT 0 NOT NULL,
    fee_cases bigint DEFAULT 0 NOT NULL,
    paid_online bigint DEFAULT 0 NOT NULL,
    dissatisfied bigint DEFAULT 0 NOT NULL,
    accepted_online bigint DEFAULT 0 NOT NULL,
    late_requests bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.case_by_unit_procedure_month (
    unit text NOT NULL COLLATE pg_catalog."C",
    procedure text NOT NULL COLLATE pg_catalog."C",
    month date NOT NULL,
    submitted bigint DEFAULT 0 NOT NULL,
    accepted bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    steps bigint DEFAULT 0 NOT NULL,
    supplements bigint DEFAULT 0 NOT NULL,
    supplements_received bigint DEFAULT 0 NOT NULL,
    extensions bigint DEFAULT 0 NOT NULL,
    suspensions bigint DEFAULT 0 NOT NULL,
    resumptions bigint DEFAULT 0 NOT NULL,
    stopped bigint DEFAULT 0 NOT NULL,
    withdrawn bigint DEFAULT 0 NOT NULL,
    finished bigint DEFAULT 0 NOT NULL,
    returned bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    late bigint DEFAULT 0 NOT NULL,
    paid bigint DEFAULT 0 NOT NULL,
    digitised bigint DEFAULT 0 NOT NULL,
    rated bigint DEFAULT 0 NOT NULL,
    conflicts bigint DEFAULT 0 NOT NULL,
    voided bigint DEFAULT 0 NOT NULL,
    oversized bigint DEFAULT 0 NOT NULL,
    synced bigint DEFAULT 0 NOT NULL,
    sync_refused bigint DEFAULT 0 NOT NULL,
    sync_rewritten bigint DEFAULT 0 NOT NULL,
    sync_code_invented bigint DEFAULT 0 NOT NULL,
    sync_dummy_identity bigint DEFAULT 0 NOT NULL,
    sync_attachment_repeated bigint DEFAULT 0 NOT NULL,
    sync_status_missing bigint DEFAULT 0 NOT NULL,
    chain_steps bigint DEFAULT 0 NOT NULL,
    data_used bigint DEFAULT 0 NOT NULL,
    on_time_61 bigint DEFAULT 0 NOT NULL,
    late_61 bigint DEFAULT 0 NOT NULL,
    on_time_766 bigint DEFAULT 0 NOT NULL,
    late_766 bigint DEFAULT 0 NOT NULL,
    late_real bigint DEFAULT 0 NOT NULL,
    late_waiting bigint DEFAULT 0 NOT NULL,
    late_sync bigint DEFAULT 0 NOT NULL,
    repeated_supplements bigint DEFAULT 0 NOT NULL,
    second_extensions bigint DEFAULT 0 NOT NULL,
    extensions_without_letter bigint DEFAULT 0 NOT NULL,
    refused_without_reason bigint DEFAULT 0 NOT NULL,
    accepted_late bigint DEFAULT 0 NOT NULL,
    portal_known bigint DEFAULT 0 NOT NULL,
    results_electronic bigint DEFAULT 0 NOT NULL,
    digitised_whole bigint DEFAULT 0 NOT NULL,
    papers_reused bigint DEFAULT 0 NOT NULL,
    population_used bigint DEFAULT 0 NOT NULL,
    fee_cases bigint DEFAULT 0 NOT NULL,
    paid_online bigint DEFAULT 0 NOT NULL,
    dissatisfied bigint DEFAULT 0 NOT NULL,
    accepted_online bigint DEFAULT 0 NOT NULL,
    late_requests bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

CREATE VIEW public.case_chain WITH (security_invoker='true') AS
 SELECT subject,
    unit,
    procedure,
    channel,
    chain,
    chain_step,
    chain_agency,
    chain_since
   FROM public.case_state
  WHERE (chain_step IS NOT NULL);

CREATE TABLE public.case_history (
    subject text NOT NULL COLLATE pg_catalog."C",
    events text DEFAULT '[]'::text NOT NULL,
    oversized boolean DEFAULT false NOT NULL
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.05');

ALTER TABLE ONLY public.case_history ALTER COLUMN events SET COMPRESSION lz4;

CREATE VIEW public.unit_that_returns WITH (security_invoker='true') AS
 WITH RECURSIVE found(unit) AS (
         SELECT min(case_state.unit) AS min
           FROM public.case_state
          WHERE (case_state.returned_at IS NOT NULL)
        UNION ALL
         SELECT ( SELECT min(s.unit) AS min
                   FROM public.case_state s
                  WHERE ((s.returned_at IS NOT NULL) AND (s.unit > found_1.unit))) AS min
           FROM found found_1
          WHERE (found_1.unit IS NOT NULL)
        )
 SELECT unit
   FROM found
  WHERE (unit IS NOT NULL);

CREATE VIEW public.case_now WITH (security_invoker='true') AS
 SELECT o.subject,
    o.unit,
    o.procedure,
    o.channel,
    o.accepted_at,
    o.due_at,
    o.due_61,
    o.due_766,
    o.ended_766,
    o.late_766,
    true AS open
   FROM public.case_open o
UNION ALL
 SELECT s.subject,
    s.unit,
    s.procedure,
    s.channel,
    s.accepted_at,
    s.due_at,
    s.due_61,
    s.due_766,
    s.ended_766,
    s.late_766,
    false AS open
   FROM (public.unit_that_returns u
     JOIN public.case_state s ON ((s.unit = u.unit)))
  WHERE ((s.accepted_at IS NOT NULL) AND (s.end_kind = 'finished'::text) AND (s.returned_at IS NULL) AND (s.voided_at IS NULL));

CREATE VIEW public.case_portal_gap WITH (security_invoker='true') AS
 SELECT subject,
    unit,
    procedure,
    channel,
    status,
    portal_status,
    portal_code,
    synced_at,
    last_at
   FROM public.case_state
  WHERE ((portal_status IS NOT NULL) AND (portal_status IS DISTINCT FROM status));

CREATE VIEW public.case_told WITH (security_invoker='true') AS
 SELECT subject,
    unit,
    procedure,
    channel,
    submitted_at,
    accepted_at,
    due_at,
    ended_at,
    end_kind,
    returned_at,
    status,
    status_raw,
    last_at,
    last_unit,
    voided_at,
    oversized,
    simulated,
    portal_status,
    portal_code,
    synced_at,
    chain,
    chain_step,
    chain_agency,
    chain_since,
    due_61,
    due_766,
    ended_766,
    late_766,
    supplement_requests,
    office_us,
    citizen_us,
    agency_us,
    payment_us,
    waits_for,
    waits_since,
    late_cause,
    portal_learned_at
   FROM public.case_state s;

CREATE TABLE public.dead_letter (
    id bigint NOT NULL,
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source text,
    field text NOT NULL,
    rule text NOT NULL,
    hash bytea NOT NULL,
    replayed_at timestamp with time zone
);

ALTER TABLE public.dead_letter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dead_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.event_outside (
    domain text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE TABLE public.forecast_case (
    day date NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    due_at timestamp with time zone NOT NULL,
    step text NOT NULL,
    chance real NOT NULL,
    expected_at timestamp with time zone NOT NULL,
    at_risk boolean NOT NULL,
    expected_us bigint NOT NULL,
    simple_us bigint NOT NULL,
    simple_chance real NOT NULL,
    chance_61 real,
    chance_766 real
);

CREATE TABLE public.forecast_run (
    day date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    cases bigint NOT NULL,
    mornings bigint NOT NULL,
    shape text,
    at_risk double precision,
    precision_set double precision,
    shown boolean NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    tried json,
    chances_shown boolean DEFAULT true NOT NULL,
    days_shown boolean DEFAULT true NOT NULL,
    base double precision
);

CREATE TABLE public.forecast_score (
    day date NOT NULL,
    ended bigint NOT NULL,
    error_us double precision NOT NULL,
    simple_error_us double precision NOT NULL,
    judged bigint NOT NULL,
    late bigint NOT NULL,
    chance double precision NOT NULL,
    brier double precision NOT NULL,
    simple_brier double precision NOT NULL,
    late_cases bigint NOT NULL,
    open_before bigint NOT NULL,
    named_late bigint NOT NULL,
    named bigint NOT NULL,
    ahead bigint,
    open_error_us double precision,
    simple_open_error_us double precision
);

CREATE TABLE public.gateway_source (
    name text NOT NULL,
    urn text NOT NULL,
    types text[] NOT NULL,
    units text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT gateway_source_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'::text)),
    CONSTRAINT gateway_source_types_check CHECK ((cardinality(types) > 0)),
    CONSTRAINT gateway_source_units_check CHECK ((cardinality(units) > 0))
);

CREATE VIEW public.gateway_token WITH (security_barrier='true') AS
 SELECT name,
    token,
    expires_at
   FROM public.access_credential
  WHERE ((kind = 'key'::text) AND (role = 'source'::text) AND (ended_at IS NULL));

CREATE TABLE public.heartbeat (
    process text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    beat_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    waiting_since timestamp with time zone
)
WITH (fillfactor='50');

CREATE TABLE public.hold_delivery (
    subject text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C",
    tries integer NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    failure text,
    answered_at timestamp with time zone,
    CONSTRAINT hold_delivery_message_check CHECK ((message = ANY (ARRAY['start'::text, 'end'::text])))
);

CREATE TABLE public.hold_receiver (
    single boolean DEFAULT true NOT NULL,
    known boolean NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    failure text,
    failed_at timestamp with time zone,
    CONSTRAINT hold_receiver_single_check CHECK (single)
);

CREATE VIEW public.lookup_account WITH (security_invoker='true') AS
 SELECT account,
    min(day) AS first_day,
    max(day) AS last_day,
    count(DISTINCT day) AS days,
    (sum(lookups))::bigint AS lookups
   FROM public.lookup_by_account_day
  WHERE (lookups > 0)
  GROUP BY account;

CREATE TABLE public.lookup_by_unit_hour (
    unit text NOT NULL COLLATE pg_catalog."C",
    application text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    hour timestamp with time zone NOT NULL,
    lookups bigint DEFAULT 0 NOT NULL,
    without_case bigint DEFAULT 0 NOT NULL,
    not_found bigint DEFAULT 0 NOT NULL,
    mismatch bigint DEFAULT 0 NOT NULL,
    errors bigint DEFAULT 0 NOT NULL,
    automatic bigint DEFAULT 0 NOT NULL,
    latency_total bigint DEFAULT 0 NOT NULL,
    timed bigint DEFAULT 0 NOT NULL,
    latency_100 bigint DEFAULT 0 NOT NULL,
    latency_250 bigint DEFAULT 0 NOT NULL,
    latency_500 bigint DEFAULT 0 NOT NULL,
    latency_1000 bigint DEFAULT 0 NOT NULL,
    latency_2500 bigint DEFAULT 0 NOT NULL,
    latency_5000 bigint DEFAULT 0 NOT NULL,
    latency_10000 bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='60');

CREATE TABLE public.lookup_campaign (
    id bigint NOT NULL,
    name text NOT NULL,
    unit text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    application text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    first_day date NOT NULL,
    last_day date NOT NULL,
    lookups integer NOT NULL,
    announced_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT lookup_campaign_check CHECK ((first_day <= last_day)),
    CONSTRAINT lookup_campaign_lookups_check CHECK ((lookups > 0))
);

ALTER TABLE public.lookup_campaign ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.lookup_campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.lookup_day (
    subject text NOT NULL COLLATE pg_catalog."C",
    exceptions boolean DEFAULT false NOT NULL,
    voidings boolean DEFAULT false NOT NULL
)
WITH (fillfactor='70');

CREATE TABLE public.lookup_finding (
    id text NOT NULL COLLATE pg_catalog."C",
    rule text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    application text NOT NULL COLLATE pg_catalog."C",
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    minutes integer NOT NULL,
    lookups bigint NOT NULL,
    usual double precision,
    without_case integer,
    not_found integer,
    errors integer,
    persons integer,
    case_code text,
    person text,
    days integer,
    limit_lookups bigint,
    reaches_at timestamp with time zone,
    soonest_at timestamp with time zone,
    latest_at timestamp with time zone,
    part double precision,
    examples text[] NOT NULL,
    cleared_at timestamp with time zone
);

CREATE TABLE public.lookup_minute (
    minute timestamp with time zone NOT NULL,
    unit text NOT NULL COLLATE pg_catalog."C",
    application text NOT NULL COLLATE pg_catalog."C",
    lookups integer NOT NULL,
    without_case integer NOT NULL,
    not_found integer NOT NULL,
    errors integer NOT NULL
)
WITH (fillfactor='60');

CREATE TABLE public.lookup_unit (
    written text NOT NULL COLLATE pg_catalog."C",
    days integer[] NOT NULL,
    keys text[] NOT NULL COLLATE pg_catalog."C"
);

CREATE VIEW public.lookup_standing WITH (security_invoker='true') AS
 SELECT s.subject,
    s.source,
    s.id,
    s.day,
    s."time",
    (COALESCE(u.keys[(width_bucket((s.day - '1970-01-01'::date), u.days) + 1)], s.unit) COLLATE "C") AS unit,
    s.application,
    s.purpose,
    s.case_code,
    s.channel,
    s.person,
    s.fields,
    s.result,
    s.latency_ms,
    s.client
   FROM (public.lookup_said s
     LEFT JOIN public.lookup_unit u ON ((u.written = s.unit)));

CREATE TABLE public.opening (
    id text NOT NULL,
    counter text NOT NULL,
    filters json NOT NULL,
    as_of timestamp with time zone NOT NULL,
    amount bigint NOT NULL,
    cases bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    domain text DEFAULT 'case'::text NOT NULL,
    units text[] DEFAULT COALESCE(public.access_units(), '{}'::text[]) NOT NULL
);

CREATE TABLE public.opening_item (
    opening_id text NOT NULL,
    "position" integer NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL
);

CREATE VIEW public.province_by_day AS
 SELECT day,
    (sum(on_time))::bigint AS on_time,
    (sum(late))::bigint AS late
   FROM public.case_by_unit_day
  GROUP BY day;

CREATE VIEW public.record_refused AS
 SELECT d.id,
    d.topic,
    d.source,
    d.received_at,
    d.field,
    d.rule
   FROM public.dead_letter d
UNION ALL
 SELECT 0 AS id,
    o.topic,
    o.source,
    o.received_at,
    'subject'::text AS field,
    'not_yours'::text AS rule
   FROM public.event_outside o;

CREATE TABLE public.ref_calendar_day (
    id bigint NOT NULL,
    day date NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    swapped_with date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint,
    session text
);

ALTER TABLE public.ref_calendar_day ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_calendar_day_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_load (
    id bigint NOT NULL,
    loaded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.ref_load_file (
    load_id bigint NOT NULL,
    file text NOT NULL,
    sha256 text,
    packaged boolean NOT NULL,
    rows integer NOT NULL,
    added integer NOT NULL,
    replaced integer NOT NULL,
    kept integer NOT NULL
);

ALTER TABLE public.ref_load ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_load_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_other_name (
    id bigint NOT NULL,
    kind text NOT NULL,
    alias text NOT NULL,
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_other_name ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_other_name_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_plan (
    id bigint NOT NULL,
    plan text NOT NULL,
    number text NOT NULL,
    part text NOT NULL,
    name text NOT NULL,
    amount integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_plan ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.ref_procedure ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_procedure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_rule (
    id bigint NOT NULL,
    rule text NOT NULL,
    value text NOT NULL,
    article text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    unverified text,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_rule ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_sector (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    dataset boolean NOT NULL,
    aliases text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_sector ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_sector_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.ref_service ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_service_target (
    id bigint NOT NULL,
    number integer NOT NULL,
    unit text,
    start numeric(5,2),
    target numeric(5,2) NOT NULL,
    due date NOT NULL,
    source text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_service_target ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_service_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_system (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    aliases text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_system ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_system_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.ref_thing AS
 SELECT 'unit'::text AS kind,
    ref_unit.code AS key,
    ref_unit.name,
    ref_unit.aliases,
    ref_unit.valid_from,
    ref_unit.valid_to,
    ref_unit.confidence,
    ref_unit.kept
   FROM public.ref_unit
  WHERE (ref_unit.replaced_by IS NULL)
UNION ALL
 SELECT 'procedure'::text AS kind,
    ref_procedure.code AS key,
    ref_procedure.name,
    ref_procedure.aliases,
    ref_procedure.valid_from,
    ref_procedure.valid_to,
    ref_procedure.confidence,
    ref_procedure.kept
   FROM public.ref_procedure
  WHERE (ref_procedure.replaced_by IS NULL)
UNION ALL
 SELECT 'sector'::text AS kind,
    ref_sector.code AS key,
    ref_sector.name,
    ref_sector.aliases,
    ref_sector.valid_from,
    ref_sector.valid_to,
    ref_sector.confidence,
    ref_sector.kept
   FROM public.ref_sector
  WHERE (ref_sector.replaced_by IS NULL);

CREATE TABLE public.ref_tile (
    id bigint NOT NULL,
    code text NOT NULL,
    tile_row integer NOT NULL,
    tile_col integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_tile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_tile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.ref_unit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.ref_unit_successor ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_unit_successor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ref_working_hours (
    id bigint NOT NULL,
    session text NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL,
    replaced_by bigint
);

ALTER TABLE public.ref_working_hours ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ref_working_hours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.reference_use AS
 SELECT 'unit'::text AS kind,
    case_by_unit_day.unit AS key,
    case_by_unit_day.day,
    ((((((((((((((((case_by_unit_day.submitted + case_by_unit_day.accepted) + case_by_unit_day.refused) + case_by_unit_day.steps) + case_by_unit_day.supplements) + case_by_unit_day.supplements_received) + case_by_unit_day.extensions) + case_by_unit_day.suspensions) + case_by_unit_day.resumptions) + case_by_unit_day.stopped) + case_by_unit_day.withdrawn) + case_by_unit_day.finished) + case_by_unit_day.returned) + case_by_unit_day.paid) + case_by_unit_day.digitised) + case_by_unit_day.rated) + case_by_unit_day.voided) AS amount
   FROM public.case_by_unit_day
UNION ALL
 SELECT 'procedure'::text AS kind,
    case_by_procedure_day.procedure AS key,
    case_by_procedure_day.day,
    ((((((((((((((((case_by_procedure_day.submitted + case_by_procedure_day.accepted) + case_by_procedure_day.refused) + case_by_procedure_day.steps) + case_by_procedure_day.supplements) + case_by_procedure_day.supplements_received) + case_by_procedure_day.extensions) + case_by_procedure_day.suspensions) + case_by_procedure_day.resumptions) + case_by_procedure_day.stopped) + case_by_procedure_day.withdrawn) + case_by_procedure_day.finished) + case_by_procedure_day.returned) + case_by_procedure_day.paid) + case_by_procedure_day.digitised) + case_by_procedure_day.rated) + case_by_procedure_day.voided) AS amount
   FROM public.case_by_procedure_day
UNION ALL
 SELECT 'unit'::text AS kind,
    subject_figure.unit AS key,
    subject_figure.day,
    max(subject_figure.subjects) AS amount
   FROM public.subject_figure
  WHERE (subject_figure.unit <> ''::text)
  GROUP BY subject_figure.domain, subject_figure.part, subject_figure.unit, subject_figure.day
UNION ALL
 SELECT 'unit'::text AS kind,
    lookup_by_account_day.unit AS key,
    lookup_by_account_day.day,
    lookup_by_account_day.lookups AS amount
   FROM public.lookup_by_account_day
  WHERE (lookup_by_account_day.unit <> ''::text);

CREATE TABLE public.stream_epoch (
    single boolean DEFAULT true NOT NULL,
    epoch integer NOT NULL,
    CONSTRAINT stream_epoch_single_check CHECK (single)
);

CREATE TABLE public.stream_hole (
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    from_offset bigint NOT NULL,
    to_offset bigint NOT NULL,
    found_at timestamp with time zone NOT NULL
);

CREATE TABLE public.stream_offset (
    cluster_id text NOT NULL,
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next bigint NOT NULL,
    records bigint DEFAULT 0 NOT NULL,
    duplicates bigint DEFAULT 0 NOT NULL,
    rejected bigint DEFAULT 0 NOT NULL,
    received_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.subject_history (
    domain text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    events text DEFAULT '[]'::text NOT NULL,
    oversized boolean DEFAULT false NOT NULL
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.05');

ALTER TABLE ONLY public.subject_history ALTER COLUMN events SET COMPRESSION lz4;

CREATE VIEW public.unknown_reference AS
 WITH spelt AS MATERIALIZED (
         SELECT reference_use.kind,
            reference_use.key,
            min(reference_use.day) AS first_day,
            max(reference_use.day) AS last_day,
            sum(reference_use.amount) AS amount
           FROM public.reference_use
          WHERE (reference_use.amount > 0)
          GROUP BY reference_use.kind, reference_use.key
        ), meant AS MATERIALIZED (
         SELECT s.kind,
            s.key,
            a.key AS means,
            a.valid_from,
            COALESCE(a.valid_to, 'infinity'::date) AS valid_to,
            a.kept
           FROM (spelt s
             JOIN public.ref_alias a ON (((a.kind = s.kind) AND (a.alias = NORMALIZE(s.key, NFC)))))
        ), doubtful AS MATERIALIZED (
         SELECT s.kind,
            s.key
           FROM (spelt s
             JOIN meant m ON (((m.kind = s.kind) AND (m.key = s.key))))
          GROUP BY s.kind, s.key, s.first_day, s.last_day
         HAVING (NOT ((count(*) = 1) AND (min(m.valid_from) <= s.first_day) AND (max(m.valid_to) >= s.last_day)))
        ), matched AS (
         SELECT u.kind,
            u.key,
            u.day,
            u.amount,
            count(DISTINCT m.means) AS keys,
            count(DISTINCT m.means) FILTER (WHERE (NOT m.kept)) AS stated
           FROM (( SELECT u_1.kind,
                    u_1.key,
                    u_1.day,
                    sum(u_1.amount) AS amount
                   FROM (public.reference_use u_1
                     JOIN doubtful d ON (((d.kind = u_1.kind) AND (d.key = u_1.key))))
                  WHERE (u_1.amount > 0)
                  GROUP BY u_1.kind, u_1.key, u_1.day) u
             LEFT JOIN meant m ON (((m.kind = u.kind) AND (m.key = u.key) AND ((u.day >= m.valid_from) AND (u.day <= m.valid_to)))))
          GROUP BY u.kind, u.key, u.day, u.amount
        )
 SELECT s.kind,
    s.key,
        CASE
            WHEN (s.key = ''::text) THEN 'none_named'::text
            ELSE 'unknown'::text
        END AS why,
    s.first_day,
    s.last_day,
    (s.amount)::bigint AS amount
   FROM spelt s
  WHERE (NOT (EXISTS ( SELECT
           FROM meant m
          WHERE ((m.kind = s.kind) AND (m.key = s.key)))))
UNION ALL
 SELECT matched.kind,
    matched.key,
        CASE
            WHEN (matched.keys > 0) THEN 'ambiguous'::text
            ELSE 'other_days'::text
        END AS why,
    min(matched.day) AS first_day,
    max(matched.day) AS last_day,
    (sum(matched.amount))::bigint AS amount
   FROM matched
  WHERE (NOT ((matched.stated = 1) OR ((matched.stated = 0) AND (matched.keys = 1))))
  GROUP BY matched.kind, matched.key,
        CASE
            WHEN (matched.keys > 0) THEN 'ambiguous'::text
            ELSE 'other_days'::text
        END;

ALTER TABLE ONLY public.access_account
    ADD CONSTRAINT access_account_issuer_subject_key UNIQUE (issuer, subject);

ALTER TABLE ONLY public.access_account
    ADD CONSTRAINT access_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_credential
    ADD CONSTRAINT access_credential_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_credential
    ADD CONSTRAINT access_credential_token_key UNIQUE (token);

ALTER TABLE ONLY public.access_oidc_begun
    ADD CONSTRAINT access_oidc_begun_pkey PRIMARY KEY (state);

ALTER TABLE ONLY public.access_pairing
    ADD CONSTRAINT access_pairing_pkey PRIMARY KEY (claim);

ALTER TABLE ONLY public.access_record_check
    ADD CONSTRAINT access_record_check_pkey PRIMARY KEY (checked_at);

ALTER TABLE ONLY public.access_record
    ADD CONSTRAINT access_record_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.action_outbox
    ADD CONSTRAINT action_outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.audit_run
    ADD CONSTRAINT audit_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_by_procedure_day
    ADD CONSTRAINT case_by_procedure_day_pkey PRIMARY KEY (procedure, day, channel);

ALTER TABLE ONLY public.case_by_unit_day
    ADD CONSTRAINT case_by_unit_day_pkey PRIMARY KEY (unit, day, channel);

ALTER TABLE ONLY public.case_by_unit_procedure_month
    ADD CONSTRAINT case_by_unit_procedure_month_pkey PRIMARY KEY (unit, procedure, month);

ALTER TABLE ONLY public.case_event
    ADD CONSTRAINT case_event_source_id_subject_time_digest_key UNIQUE (source, id, subject, "time", digest);

ALTER TABLE ONLY public.case_history
    ADD CONSTRAINT case_history_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.case_state
    ADD CONSTRAINT case_state_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_topic_id_partition_offset_key UNIQUE (topic_id, partition, "offset");

ALTER TABLE ONLY public.event_outside
    ADD CONSTRAINT event_outside_pkey PRIMARY KEY (domain, subject, source, id, digest);

ALTER TABLE ONLY public.forecast_case
    ADD CONSTRAINT forecast_case_pkey PRIMARY KEY (subject, day);

ALTER TABLE ONLY public.forecast_run
    ADD CONSTRAINT forecast_run_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.forecast_score
    ADD CONSTRAINT forecast_score_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.gateway_source
    ADD CONSTRAINT gateway_source_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.gateway_source
    ADD CONSTRAINT gateway_source_urn_key UNIQUE (urn);

ALTER TABLE ONLY public.heartbeat
    ADD CONSTRAINT heartbeat_pkey PRIMARY KEY (process);

ALTER TABLE ONLY public.hold_delivery
    ADD CONSTRAINT hold_delivery_pkey PRIMARY KEY (subject, message);

ALTER TABLE ONLY public.hold_receiver
    ADD CONSTRAINT hold_receiver_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.lookup_account_secret
    ADD CONSTRAINT lookup_account_secret_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.lookup_by_account_day
    ADD CONSTRAINT lookup_by_account_day_pkey PRIMARY KEY (day, account, unit);

ALTER TABLE ONLY public.lookup_by_unit_hour
    ADD CONSTRAINT lookup_by_unit_hour_pkey PRIMARY KEY (hour, unit, application, channel);

ALTER TABLE ONLY public.lookup_campaign
    ADD CONSTRAINT lookup_campaign_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lookup_day
    ADD CONSTRAINT lookup_day_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.lookup_event
    ADD CONSTRAINT lookup_event_subject_source_id_day_key UNIQUE (subject, source, id, day);

ALTER TABLE ONLY public.lookup_exception
    ADD CONSTRAINT lookup_exception_pkey PRIMARY KEY (subject, source, id, "time", digest);

ALTER TABLE ONLY public.lookup_finding
    ADD CONSTRAINT lookup_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lookup_minute
    ADD CONSTRAINT lookup_minute_pkey PRIMARY KEY (minute, unit, application);

ALTER TABLE ONLY public.lookup_unit
    ADD CONSTRAINT lookup_unit_pkey PRIMARY KEY (written);

ALTER TABLE ONLY public.opening_item
    ADD CONSTRAINT opening_item_pkey PRIMARY KEY (opening_id, "position");

ALTER TABLE ONLY public.opening
    ADD CONSTRAINT opening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_calendar_day
    ADD CONSTRAINT ref_calendar_day_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_load_file
    ADD CONSTRAINT ref_load_file_pkey PRIMARY KEY (load_id, file);

ALTER TABLE ONLY public.ref_load
    ADD CONSTRAINT ref_load_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_other_name
    ADD CONSTRAINT ref_other_name_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_plan
    ADD CONSTRAINT ref_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_procedure
    ADD CONSTRAINT ref_procedure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_rule
    ADD CONSTRAINT ref_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_sector
    ADD CONSTRAINT ref_sector_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_service
    ADD CONSTRAINT ref_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_service_target
    ADD CONSTRAINT ref_service_target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_system
    ADD CONSTRAINT ref_system_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_tile
    ADD CONSTRAINT ref_tile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_unit
    ADD CONSTRAINT ref_unit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_unit_successor
    ADD CONSTRAINT ref_unit_successor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ref_working_hours
    ADD CONSTRAINT ref_working_hours_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rules_swept
    ADD CONSTRAINT rules_swept_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.source_digest
    ADD CONSTRAINT source_digest_pkey PRIMARY KEY (source, id, "time", digest);

ALTER TABLE ONLY public.stream_epoch
    ADD CONSTRAINT stream_epoch_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.stream_hole
    ADD CONSTRAINT stream_hole_pkey PRIMARY KEY (topic_id, partition, from_offset);

ALTER TABLE ONLY public.stream_offset
    ADD CONSTRAINT stream_offset_pkey PRIMARY KEY (cluster_id, topic_id, partition);

ALTER TABLE ONLY public.stream_source
    ADD CONSTRAINT stream_source_pkey PRIMARY KEY (source, topic_id, partition);

ALTER TABLE ONLY public.subject_event
    ADD CONSTRAINT subject_event_domain_source_id_subject_time_digest_key UNIQUE (domain, source, id, subject, "time", digest);

ALTER TABLE ONLY public.subject_figure
    ADD CONSTRAINT subject_figure_pkey PRIMARY KEY (domain, counter, unit, part, day);

ALTER TABLE ONLY public.subject_history
    ADD CONSTRAINT subject_history_pkey PRIMARY KEY (domain, subject);

ALTER TABLE ONLY public.subject_state
    ADD CONSTRAINT subject_state_pkey PRIMARY KEY (domain, subject);

CREATE INDEX access_attempt_at ON public.access_attempt USING btree (at);

CREATE INDEX access_credential_account ON public.access_credential USING btree (account) WHERE (account IS NOT NULL);

CREATE INDEX access_credential_living ON public.access_credential USING btree (kind) WHERE (ended_at IS NULL);

CREATE INDEX access_oidc_begun_at ON public.access_oidc_begun USING btree (begun_at);

CREATE INDEX access_pairing_code ON public.access_pairing USING btree (code);

CREATE INDEX access_record_at ON public.access_record USING btree (at);

CREATE INDEX access_record_kept ON public.access_record USING btree (at) WHERE (NOT forgotten);

CREATE INDEX access_record_units ON public.access_record USING gin (units);

CREATE INDEX access_record_what ON public.access_record USING btree (what, number);

CREATE INDEX access_record_who ON public.access_record USING btree (who, number);

CREATE INDEX action_outbox_sent ON public.action_outbox USING btree (sent_at) WHERE (sent_at IS NOT NULL);

CREATE INDEX action_outbox_subject ON public.action_outbox USING btree (domain, subject, number);

CREATE UNIQUE INDEX action_outbox_unsent ON public.action_outbox USING btree (number) WHERE (sent_at IS NULL);

CREATE INDEX case_by_unit_day_day ON public.case_by_unit_day USING btree (day);

CREATE INDEX case_event_received ON public.case_event USING brin (received_at) WITH (pages_per_range='16');

CREATE INDEX case_state_accepted ON public.case_state USING btree (public.province_day(accepted_at)) WHERE (accepted_at IS NOT NULL);

CREATE INDEX case_state_chain ON public.case_state USING btree (chain_since) INCLUDE (unit, chain, chain_agency, chain_step) WHERE (chain_step IS NOT NULL);

CREATE INDEX case_state_chained ON public.case_state USING btree (chain) WHERE (chain IS NOT NULL);

CREATE INDEX case_state_disliked ON public.case_state USING btree (public.province_day(ended_766)) WHERE ((score_flags & 128) <> 0);

CREATE INDEX case_state_ended ON public.case_state USING btree (public.province_day(ended_at)) WHERE (ended_at IS NOT NULL);

CREATE INDEX case_state_ended_766 ON public.case_state USING btree (public.province_day(ended_766)) WHERE (ended_766 IS NOT NULL);

CREATE INDEX case_state_open ON public.case_state USING btree (due_at) INCLUDE (unit, channel, procedure, accepted_at, due_61, due_766, ended_766, late_766) WHERE ((accepted_at IS NOT NULL) AND (ended_at IS NULL) AND (voided_at IS NULL));

CREATE INDEX case_state_portal_ended ON public.case_state USING btree (public.province_day(portal_ended_at)) WHERE (portal_ended_at IS NOT NULL);

CREATE INDEX case_state_portal_learned ON public.case_state USING btree (public.province_day(portal_learned_at)) WHERE (portal_learned_at IS NOT NULL);

CREATE INDEX case_state_procedure_ended ON public.case_state USING btree (procedure, public.province_day(ended_at)) WHERE (ended_at IS NOT NULL);

CREATE INDEX case_state_ranges ON public.case_state USING brin (last_at, judged_from, judged_to) WITH (pages_per_range='16');

CREATE INDEX case_state_readings ON public.case_state USING btree (subject) WHERE (readings <> '{}'::text[]);

CREATE INDEX case_state_returned ON public.case_state USING btree (unit) WHERE (returned_at IS NOT NULL);

CREATE INDEX case_state_rules ON public.case_state USING btree (rules_version);

CREATE INDEX case_state_service ON public.case_state USING btree (procedure, public.province_day(accepted_at)) WHERE (accepted_at IS NOT NULL);

CREATE INDEX case_state_turned_away ON public.case_state USING btree (procedure, public.province_day(ended_at)) WHERE ((accepted_at IS NULL) AND (end_kind = 'refused'::text));

CREATE INDEX case_state_unit ON public.case_state USING btree (unit, subject);

CREATE INDEX case_state_unreturned ON public.case_state USING btree (unit, due_at) WHERE ((accepted_at IS NOT NULL) AND (end_kind = 'finished'::text) AND (returned_at IS NULL) AND (voided_at IS NULL));

CREATE INDEX dead_letter_received ON public.dead_letter USING btree (received_at);

CREATE INDEX event_outside_received ON public.event_outside USING btree (received_at);

CREATE INDEX forecast_case_day ON public.forecast_case USING btree (day, due_at);

CREATE INDEX lookup_by_account_day_account ON public.lookup_by_account_day USING btree (account, day);

CREATE INDEX lookup_event_when ON public.lookup_event USING brin ("time", day) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX lookup_exception_replaces ON public.lookup_exception USING btree (subject, replaces_source, replaces_id);

CREATE INDEX lookup_exception_time ON public.lookup_exception USING btree ("time");

CREATE INDEX lookup_finding_about ON public.lookup_finding USING btree (scope, key, last_at);

CREATE INDEX lookup_finding_last ON public.lookup_finding USING btree (last_at);

CREATE INDEX opening_created ON public.opening USING btree (created_at);

CREATE INDEX ref_alias_alias ON public.ref_alias USING btree (kind, alias);

CREATE UNIQUE INDEX ref_calendar_day_stated ON public.ref_calendar_day USING btree (day) WHERE (replaced_by IS NULL);

CREATE UNIQUE INDEX ref_other_name_stated ON public.ref_other_name USING btree (kind, alias, valid_from) WHERE (replaced_by IS NULL);

CREATE UNIQUE INDEX ref_plan_stated ON public.ref_plan USING btree (plan, part, valid_from) WHERE ((replaced_by IS NULL) AND (NOT kept));

CREATE UNIQUE INDEX ref_procedure_stated ON public.ref_procedure USING btree (code, valid_from) WHERE ((replaced_by IS NULL) AND (NOT kept));

CREATE UNIQUE INDEX ref_rule_stated ON public.ref_rule USING btree (rule, valid_from) WHERE (replaced_by IS NULL);

CREATE UNIQUE INDEX ref_sector_stated ON public.ref_sector USING btree (code, valid_from) WHERE ((replaced_by IS NULL) AND (NOT kept));

CREATE UNIQUE INDEX ref_service_stated ON public.ref_service USING btree (number, valid_from) WHERE ((replaced_by IS NULL) AND (NOT kept));

CREATE UNIQUE INDEX ref_service_target_stated ON public.ref_service_target USING btree (number, unit, valid_from) NULLS NOT DISTINCT WHERE (replaced_by IS NULL);

CREATE UNIQUE INDEX ref_system_stated ON public.ref_system USING btree (code, valid_from) WHERE ((replaced_by IS NULL) AND (NOT kept));

CREATE UNIQUE INDEX ref_tile_stated ON public.ref_tile USING btree (code, valid_from) WHERE (replaced_by IS NULL);

CREATE UNIQUE INDEX ref_unit_stated ON public.ref_unit USING btree (code, valid_from) WHERE ((replaced_by IS NULL) AND (NOT kept));

CREATE UNIQUE INDEX ref_unit_successor_one ON public.ref_unit_successor USING btree (old_code, valid_from) WHERE ((replaced_by IS NULL) AND usable);

CREATE UNIQUE INDEX ref_working_hours_stated ON public.ref_working_hours USING btree (session, valid_from) WHERE (replaced_by IS NULL);

CREATE INDEX rules_change_load ON public.rules_change USING btree (load_id);

CREATE INDEX source_digest_day ON public.source_digest USING btree (day);

CREATE INDEX subject_figure_day ON public.subject_figure USING btree (domain, day);

CREATE INDEX subject_state_last ON public.subject_state USING btree (domain, part, last_at);

CREATE INDEX subject_state_standing ON public.subject_state USING btree (domain, standing, due_at);

CREATE INDEX subject_state_unit ON public.subject_state USING btree (unit);

CREATE INDEX subject_state_unnamed ON public.subject_state USING btree (domain, subject) WHERE (names IS NULL);

CREATE STATISTICS public.case_state_accepted_day ON public.province_day(accepted_at) FROM public.case_state;

CREATE STATISTICS public.case_state_ended_day ON public.province_day(ended_at) FROM public.case_state;

CREATE TRIGGER access_record_check_unchanging BEFORE DELETE OR UPDATE ON public.access_record_check FOR EACH ROW EXECUTE FUNCTION public.access_unchanging();

CREATE TRIGGER access_record_check_whole BEFORE TRUNCATE ON public.access_record_check FOR EACH STATEMENT EXECUTE FUNCTION public.access_unchanging();

CREATE TRIGGER access_record_unchanging BEFORE DELETE OR UPDATE ON public.access_record FOR EACH ROW EXECUTE FUNCTION public.access_unchanging();

CREATE TRIGGER access_record_whole BEFORE TRUNCATE ON public.access_record FOR EACH STATEMENT EXECUTE FUNCTION public.access_unchanging();

CREATE TRIGGER ts_insert_blocker BEFORE INSERT ON public.case_event FOR EACH ROW EXECUTE FUNCTION _timescaledb_functions.insert_blocker();

CREATE TRIGGER ts_insert_blocker BEFORE INSERT ON public.lookup_event FOR EACH ROW EXECUTE FUNCTION _timescaledb_functions.insert_blocker();

CREATE TRIGGER ts_insert_blocker BEFORE INSERT ON public.subject_event FOR EACH ROW EXECUTE FUNCTION _timescaledb_functions.insert_blocker();

ALTER TABLE ONLY public.access_credential
    ADD CONSTRAINT access_credential_account_fkey FOREIGN KEY (account) REFERENCES public.access_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.forecast_case
    ADD CONSTRAINT forecast_case_day_fkey FOREIGN KEY (day) REFERENCES public.forecast_run(day) ON DELETE CASCADE;

ALTER TABLE ONLY public.opening_item
    ADD CONSTRAINT opening_item_opening_id_fkey FOREIGN KEY (opening_id) REFERENCES public.opening(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ref_calendar_day
    ADD CONSTRAINT ref_calendar_day_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_calendar_day
    ADD CONSTRAINT ref_calendar_day_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_load_file
    ADD CONSTRAINT ref_load_file_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_other_name
    ADD CONSTRAINT ref_other_name_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_other_name
    ADD CONSTRAINT ref_other_name_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_plan
    ADD CONSTRAINT ref_plan_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_plan
    ADD CONSTRAINT ref_plan_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_procedure
    ADD CONSTRAINT ref_procedure_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_procedure
    ADD CONSTRAINT ref_procedure_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_rule
    ADD CONSTRAINT ref_rule_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_rule
    ADD CONSTRAINT ref_rule_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_sector
    ADD CONSTRAINT ref_sector_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_sector
    ADD CONSTRAINT ref_sector_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_service
    ADD CONSTRAINT ref_service_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_service
    ADD CONSTRAINT ref_service_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_service_target
    ADD CONSTRAINT ref_service_target_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_service_target
    ADD CONSTRAINT ref_service_target_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_system
    ADD CONSTRAINT ref_system_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_system
    ADD CONSTRAINT ref_system_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_tile
    ADD CONSTRAINT ref_tile_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_tile
    ADD CONSTRAINT ref_tile_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_unit
    ADD CONSTRAINT ref_unit_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_unit
    ADD CONSTRAINT ref_unit_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_unit_successor
    ADD CONSTRAINT ref_unit_successor_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_unit_successor
    ADD CONSTRAINT ref_unit_successor_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_working_hours
    ADD CONSTRAINT ref_working_hours_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.ref_working_hours
    ADD CONSTRAINT ref_working_hours_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.ref_load(id);

ALTER TABLE ONLY public.rules_change
    ADD CONSTRAINT rules_change_load_id_fkey FOREIGN KEY (load_id) REFERENCES public.ref_load(id);

ALTER TABLE public.action_outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_by_unit_day ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_by_unit_procedure_month ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_state ENABLE ROW LEVEL SECURITY;

CREATE POLICY everything ON public.action_outbox TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.case_by_unit_day TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.case_by_unit_procedure_month TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.case_event TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.case_history TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.case_state TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.forecast_case TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_by_account_day TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_by_unit_hour TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_campaign TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_event TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_exception TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_finding TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.lookup_minute TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.opening TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.opening_item TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.subject_event TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.subject_figure TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.subject_history TO api, screens, streams USING (true) WITH CHECK (true);

CREATE POLICY everything ON public.subject_state TO api, screens, streams USING (true) WITH CHECK (true);

ALTER TABLE public.forecast_case ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_by_account_day ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_by_unit_hour ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_campaign ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_exception ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_finding ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lookup_minute ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.opening ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.opening_item ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_units ON public.action_outbox TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.case_by_unit_day TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.case_by_unit_procedure_month TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.case_event TO units USING ((EXISTS ( SELECT
   FROM public.case_state s
  WHERE (s.subject = case_event.subject))));

CREATE POLICY own_units ON public.case_history TO units USING ((EXISTS ( SELECT
   FROM public.case_state s
  WHERE (s.subject = case_history.subject))));

CREATE POLICY own_units ON public.case_state TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.forecast_case TO units USING ((EXISTS ( SELECT
   FROM public.case_state s
  WHERE (s.subject = forecast_case.subject))));

CREATE POLICY own_units ON public.lookup_by_account_day TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.lookup_by_unit_hour TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.lookup_campaign TO units USING (((unit = ''::text) OR (unit = ANY (( SELECT public.access_units() AS access_units)::text[]))));

CREATE POLICY own_units ON public.lookup_event TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.lookup_exception TO units USING ((EXISTS ( SELECT
   FROM public.lookup_event e
  WHERE ((e.subject = lookup_exception.subject) AND (e.day = lookup_exception.day)))));

CREATE POLICY own_units ON public.lookup_finding TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.lookup_minute TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.opening TO units USING (((units = ( SELECT public.access_units() AS access_units)) AND (cardinality(units) > 0)));

CREATE POLICY own_units ON public.opening_item TO units USING ((EXISTS ( SELECT
   FROM public.opening o
  WHERE (o.id = opening_item.opening_id)))) WITH CHECK (true);

CREATE POLICY own_units ON public.subject_event TO units USING ((EXISTS ( SELECT
   FROM public.subject_state s
  WHERE ((s.domain = subject_event.domain) AND (s.subject = subject_event.subject)))));

CREATE POLICY own_units ON public.subject_figure TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

CREATE POLICY own_units ON public.subject_history TO units USING ((EXISTS ( SELECT
   FROM public.subject_state s
  WHERE ((s.domain = subject_history.domain) AND (s.subject = subject_history.subject)))));

CREATE POLICY own_units ON public.subject_state TO units USING ((unit = ANY (( SELECT public.access_units() AS access_units)::text[])));

ALTER TABLE public.subject_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.subject_figure ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.subject_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.subject_state ENABLE ROW LEVEL SECURITY;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA public TO streams;

GRANT USAGE ON SCHEMA public TO screens;

GRANT USAGE ON SCHEMA public TO api;

GRANT USAGE ON SCHEMA public TO access;

GRANT USAGE ON SCHEMA public TO units;

GRANT SELECT ON TABLE public.access_record_check TO access;

REVOKE ALL ON FUNCTION public.access_checked(of_at timestamp with time zone) FROM PUBLIC;

GRANT ALL ON FUNCTION public.access_checked(of_at timestamp with time zone) TO access;

REVOKE ALL ON FUNCTION public.access_forgotten(of_at timestamp with time zone, of_reads_before timestamp with time zone, of_others_before timestamp with time zone, of_most integer) FROM PUBLIC;

GRANT ALL ON FUNCTION public.access_forgotten(of_at timestamp with time zone, of_reads_before timestamp with time zone, of_others_before timestamp with time zone, of_most integer) TO access;

REVOKE ALL ON FUNCTION public.access_recorded(of_at timestamp with time zone, of_who text, of_kind text, of_role text, of_what text, of_object text, of_units text[], of_rows bigint, of_address text, of_unit_rows bigint[]) FROM PUBLIC;

GRANT ALL ON FUNCTION public.access_recorded(of_at timestamp with time zone, of_who text, of_kind text, of_role text, of_what text, of_object text, of_units text[], of_rows bigint, of_address text, of_unit_rows bigint[]) TO access;

REVOKE ALL ON FUNCTION public.action_ordered(of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamp with time zone, of_event text, of_asked bytea, of_by_name text, of_at timestamp with time zone, of_who text, of_who_kind text, of_role text, of_what text, of_object text, of_units text[], of_address text) FROM PUBLIC;

GRANT ALL ON FUNCTION public.action_ordered(of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamp with time zone, of_event text, of_asked bytea, of_by_name text, of_at timestamp with time zone, of_who text, of_who_kind text, of_role text, of_what text, of_object text, of_units text[], of_address text) TO access;

REVOKE ALL ON FUNCTION public.action_written(of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamp with time zone, of_event text, of_asked bytea, of_by_name text) FROM PUBLIC;

GRANT ALL ON FUNCTION public.action_written(of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamp with time zone, of_event text, of_asked bytea, of_by_name text) TO streams;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_state TO streams;

GRANT SELECT ON TABLE public.case_state TO screens;

GRANT SELECT ON TABLE public.case_state TO api;

GRANT SELECT ON TABLE public.case_state TO units;

GRANT SELECT ON TABLE public.case_chain_stay TO streams;

GRANT SELECT ON TABLE public.case_chain_stay TO screens;

GRANT SELECT ON TABLE public.case_chain_stay TO api;

GRANT SELECT ON TABLE public.case_chain_stay TO units;

GRANT SELECT,INSERT ON TABLE public.case_event TO streams;

GRANT SELECT ON TABLE public.case_event TO screens;

GRANT SELECT ON TABLE public.case_event TO api;

GRANT SELECT ON TABLE public.case_event TO units;

GRANT SELECT ON TABLE public.rules_change TO streams;

GRANT SELECT ON TABLE public.rules_change TO screens;

GRANT SELECT ON TABLE public.rules_change TO api;

GRANT SELECT ON TABLE public.rules_change TO units;

GRANT SELECT,UPDATE ON TABLE public.rules_swept TO streams;

GRANT SELECT ON TABLE public.rules_swept TO screens;

GRANT SELECT ON TABLE public.rules_swept TO api;

GRANT SELECT ON TABLE public.rules_swept TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lookup_by_account_day TO streams;

GRANT SELECT ON TABLE public.lookup_by_account_day TO screens;

GRANT SELECT ON TABLE public.lookup_by_account_day TO api;

GRANT SELECT ON TABLE public.lookup_by_account_day TO units;

GRANT SELECT,INSERT ON TABLE public.lookup_event TO streams;

GRANT SELECT ON TABLE public.lookup_event TO screens;

GRANT SELECT ON TABLE public.lookup_event TO api;

GRANT SELECT ON TABLE public.lookup_event TO units;

GRANT SELECT,INSERT ON TABLE public.lookup_exception TO streams;

GRANT SELECT ON TABLE public.lookup_exception TO screens;

GRANT SELECT ON TABLE public.lookup_exception TO api;

GRANT SELECT ON TABLE public.lookup_exception TO units;

GRANT SELECT ON TABLE public.lookup_ruling TO streams;

GRANT SELECT ON TABLE public.lookup_ruling TO screens;

GRANT SELECT ON TABLE public.lookup_ruling TO api;

GRANT SELECT ON TABLE public.lookup_ruling TO units;

GRANT SELECT ON TABLE public.lookup_voided TO streams;

GRANT SELECT ON TABLE public.lookup_voided TO screens;

GRANT SELECT ON TABLE public.lookup_voided TO api;

GRANT SELECT ON TABLE public.lookup_voided TO units;

GRANT SELECT ON TABLE public.lookup_said TO streams;

GRANT SELECT ON TABLE public.lookup_said TO screens;

GRANT SELECT ON TABLE public.lookup_said TO api;

GRANT SELECT ON TABLE public.lookup_said TO units;

GRANT SELECT ON TABLE public.ref_alias TO streams;

GRANT SELECT ON TABLE public.ref_alias TO screens;

GRANT SELECT ON TABLE public.ref_alias TO api;

GRANT SELECT ON TABLE public.ref_alias TO units;

GRANT SELECT ON TABLE public.case_open TO streams;

GRANT SELECT ON TABLE public.case_open TO screens;

GRANT SELECT ON TABLE public.case_open TO api;

GRANT SELECT ON TABLE public.case_open TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subject_state TO streams;

GRANT SELECT ON TABLE public.subject_state TO screens;

GRANT SELECT ON TABLE public.subject_state TO api;

GRANT SELECT ON TABLE public.subject_state TO units;

GRANT SELECT ON TABLE public.ref_procedure TO streams;

GRANT SELECT ON TABLE public.ref_procedure TO screens;

GRANT SELECT ON TABLE public.ref_procedure TO api;

GRANT SELECT ON TABLE public.ref_procedure TO units;

GRANT SELECT ON TABLE public.ref_service TO streams;

GRANT SELECT ON TABLE public.ref_service TO screens;

GRANT SELECT ON TABLE public.ref_service TO api;

GRANT SELECT ON TABLE public.ref_service TO units;

GRANT SELECT,INSERT ON TABLE public.source_digest TO streams;

GRANT SELECT ON TABLE public.source_digest TO screens;

GRANT SELECT ON TABLE public.source_digest TO api;

GRANT SELECT,INSERT ON TABLE public.subject_event TO streams;

GRANT SELECT ON TABLE public.subject_event TO screens;

GRANT SELECT ON TABLE public.subject_event TO api;

GRANT SELECT ON TABLE public.subject_event TO units;

GRANT SELECT ON TABLE public.ref_unit TO streams;

GRANT SELECT ON TABLE public.ref_unit TO screens;

GRANT SELECT ON TABLE public.ref_unit TO api;

GRANT SELECT ON TABLE public.ref_unit TO units;

GRANT SELECT ON TABLE public.ref_unit_successor TO streams;

GRANT SELECT ON TABLE public.ref_unit_successor TO screens;

GRANT SELECT ON TABLE public.ref_unit_successor TO api;

GRANT SELECT ON TABLE public.ref_unit_successor TO units;

GRANT SELECT,INSERT,UPDATE ON TABLE public.stream_source TO streams;

GRANT SELECT ON TABLE public.stream_source TO screens;

GRANT SELECT ON TABLE public.stream_source TO api;

GRANT SELECT ON TABLE public.stream_source TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subject_figure TO streams;

GRANT SELECT ON TABLE public.subject_figure TO screens;

GRANT SELECT ON TABLE public.subject_figure TO api;

GRANT SELECT ON TABLE public.subject_figure TO units;

GRANT SELECT ON TABLE public.subject_level TO screens;

GRANT SELECT ON TABLE public.subject_level TO api;

GRANT SELECT ON TABLE public.subject_level TO units;

GRANT SELECT ON TABLE public.unit_end TO screens;

GRANT SELECT ON TABLE public.unit_end TO api;

GRANT SELECT ON TABLE public.unit_end TO units;

GRANT SELECT ON TABLE public.case_flow_repeated TO streams;

GRANT SELECT ON TABLE public.case_flow_repeated TO screens;

GRANT SELECT ON TABLE public.case_flow_repeated TO api;

GRANT SELECT ON TABLE public.case_flow_repeated TO units;

GRANT SELECT ON TABLE public.case_flow_single TO streams;

GRANT SELECT ON TABLE public.case_flow_single TO screens;

GRANT SELECT ON TABLE public.case_flow_single TO api;

GRANT SELECT ON TABLE public.case_flow_single TO units;

GRANT SELECT ON TABLE public.case_flow TO streams;

GRANT SELECT ON TABLE public.case_flow TO screens;

GRANT SELECT ON TABLE public.case_flow TO api;

GRANT SELECT ON TABLE public.case_flow TO units;

GRANT SELECT,INSERT,UPDATE ON TABLE public.access_account TO access;

GRANT SELECT,INSERT,DELETE ON TABLE public.access_attempt TO access;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_credential TO access;

GRANT SELECT,INSERT,DELETE ON TABLE public.access_oidc_begun TO access;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_pairing TO access;

GRANT SELECT ON TABLE public.access_record TO access;

GRANT SELECT,DELETE ON TABLE public.action_outbox TO streams;

GRANT SELECT ON TABLE public.action_outbox TO screens;

GRANT SELECT ON TABLE public.action_outbox TO api;

GRANT SELECT ON TABLE public.action_outbox TO units;

GRANT UPDATE(sent_at) ON TABLE public.action_outbox TO streams;

GRANT SELECT ON TABLE public.alembic_version TO streams;

GRANT SELECT ON TABLE public.alembic_version TO screens;

GRANT SELECT ON TABLE public.alembic_version TO api;

GRANT SELECT ON TABLE public.alembic_version TO access;

GRANT SELECT ON TABLE public.alembic_version TO units;

GRANT SELECT,INSERT ON TABLE public.audit_run TO streams;

GRANT SELECT ON TABLE public.audit_run TO screens;

GRANT SELECT ON TABLE public.audit_run TO api;

GRANT SELECT ON TABLE public.audit_run TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_by_procedure_day TO streams;

GRANT SELECT ON TABLE public.case_by_procedure_day TO screens;

GRANT SELECT ON TABLE public.case_by_procedure_day TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_by_unit_day TO streams;

GRANT SELECT ON TABLE public.case_by_unit_day TO screens;

GRANT SELECT ON TABLE public.case_by_unit_day TO api;

GRANT SELECT ON TABLE public.case_by_unit_day TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_by_unit_procedure_month TO streams;

GRANT SELECT ON TABLE public.case_by_unit_procedure_month TO screens;

GRANT SELECT ON TABLE public.case_by_unit_procedure_month TO api;

GRANT SELECT ON TABLE public.case_by_unit_procedure_month TO units;

GRANT SELECT ON TABLE public.case_chain TO streams;

GRANT SELECT ON TABLE public.case_chain TO screens;

GRANT SELECT ON TABLE public.case_chain TO api;

GRANT SELECT ON TABLE public.case_chain TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_history TO streams;

GRANT SELECT ON TABLE public.case_history TO screens;

GRANT SELECT ON TABLE public.case_history TO api;

GRANT SELECT ON TABLE public.case_history TO units;

GRANT SELECT ON TABLE public.unit_that_returns TO screens;

GRANT SELECT ON TABLE public.unit_that_returns TO api;

GRANT SELECT ON TABLE public.unit_that_returns TO units;

GRANT SELECT ON TABLE public.case_now TO screens;

GRANT SELECT ON TABLE public.case_now TO api;

GRANT SELECT ON TABLE public.case_now TO units;

GRANT SELECT ON TABLE public.case_portal_gap TO streams;

GRANT SELECT ON TABLE public.case_portal_gap TO screens;

GRANT SELECT ON TABLE public.case_portal_gap TO api;

GRANT SELECT ON TABLE public.case_portal_gap TO units;

GRANT SELECT ON TABLE public.case_told TO screens;

GRANT SELECT ON TABLE public.case_told TO api;

GRANT SELECT ON TABLE public.case_told TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dead_letter TO streams;

GRANT SELECT ON TABLE public.dead_letter TO screens;

GRANT SELECT ON TABLE public.dead_letter TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.event_outside TO streams;

GRANT SELECT ON TABLE public.event_outside TO screens;

GRANT SELECT ON TABLE public.event_outside TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.forecast_case TO streams;

GRANT SELECT ON TABLE public.forecast_case TO screens;

GRANT SELECT ON TABLE public.forecast_case TO api;

GRANT SELECT ON TABLE public.forecast_case TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.forecast_run TO streams;

GRANT SELECT ON TABLE public.forecast_run TO screens;

GRANT SELECT ON TABLE public.forecast_run TO api;

GRANT SELECT ON TABLE public.forecast_run TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.forecast_score TO streams;

GRANT SELECT ON TABLE public.forecast_score TO screens;

GRANT SELECT ON TABLE public.forecast_score TO api;

GRANT SELECT ON TABLE public.forecast_score TO units;

GRANT SELECT ON TABLE public.gateway_source TO streams;

GRANT SELECT ON TABLE public.gateway_source TO access;

GRANT SELECT(urn) ON TABLE public.gateway_source TO screens;

GRANT SELECT(urn) ON TABLE public.gateway_source TO api;

GRANT SELECT(urn) ON TABLE public.gateway_source TO units;

GRANT SELECT ON TABLE public.gateway_token TO streams;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.heartbeat TO streams;

GRANT SELECT ON TABLE public.heartbeat TO screens;

GRANT SELECT ON TABLE public.heartbeat TO api;

GRANT SELECT ON TABLE public.heartbeat TO units;

GRANT SELECT,INSERT,UPDATE ON TABLE public.hold_delivery TO streams;

GRANT SELECT ON TABLE public.hold_delivery TO screens;

GRANT SELECT ON TABLE public.hold_delivery TO api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.hold_receiver TO streams;

GRANT SELECT ON TABLE public.hold_receiver TO screens;

GRANT SELECT ON TABLE public.hold_receiver TO api;

GRANT SELECT ON TABLE public.lookup_account TO screens;

GRANT SELECT ON TABLE public.lookup_account TO api;

GRANT SELECT ON TABLE public.lookup_account TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lookup_by_unit_hour TO streams;

GRANT SELECT ON TABLE public.lookup_by_unit_hour TO screens;

GRANT SELECT ON TABLE public.lookup_by_unit_hour TO api;

GRANT SELECT ON TABLE public.lookup_by_unit_hour TO units;

GRANT SELECT ON TABLE public.lookup_campaign TO streams;

GRANT SELECT ON TABLE public.lookup_campaign TO screens;

GRANT SELECT ON TABLE public.lookup_campaign TO api;

GRANT SELECT ON TABLE public.lookup_campaign TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lookup_day TO streams;

GRANT SELECT ON TABLE public.lookup_day TO screens;

GRANT SELECT ON TABLE public.lookup_day TO api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.lookup_finding TO streams;

GRANT SELECT ON TABLE public.lookup_finding TO screens;

GRANT SELECT ON TABLE public.lookup_finding TO api;

GRANT SELECT ON TABLE public.lookup_finding TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lookup_minute TO streams;

GRANT SELECT ON TABLE public.lookup_minute TO screens;

GRANT SELECT ON TABLE public.lookup_minute TO api;

GRANT SELECT ON TABLE public.lookup_minute TO units;

GRANT SELECT,INSERT,UPDATE ON TABLE public.lookup_unit TO streams;

GRANT SELECT ON TABLE public.lookup_unit TO screens;

GRANT SELECT ON TABLE public.lookup_unit TO api;

GRANT SELECT ON TABLE public.lookup_unit TO units;

GRANT SELECT ON TABLE public.lookup_standing TO streams;

GRANT SELECT ON TABLE public.lookup_standing TO screens;

GRANT SELECT ON TABLE public.lookup_standing TO api;

GRANT SELECT ON TABLE public.lookup_standing TO units;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening TO screens;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening TO api;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening TO units;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening_item TO screens;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening_item TO api;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening_item TO units;

GRANT SELECT ON TABLE public.province_by_day TO screens;

GRANT SELECT ON TABLE public.province_by_day TO api;

GRANT SELECT ON TABLE public.province_by_day TO units;

GRANT SELECT ON TABLE public.record_refused TO screens;

GRANT SELECT ON TABLE public.record_refused TO api;

GRANT SELECT ON TABLE public.ref_calendar_day TO streams;

GRANT SELECT ON TABLE public.ref_calendar_day TO screens;

GRANT SELECT ON TABLE public.ref_calendar_day TO api;

GRANT SELECT ON TABLE public.ref_calendar_day TO units;

GRANT SELECT ON TABLE public.ref_load TO streams;

GRANT SELECT ON TABLE public.ref_load TO screens;

GRANT SELECT ON TABLE public.ref_load TO api;

GRANT SELECT ON TABLE public.ref_load TO units;

GRANT SELECT ON TABLE public.ref_load_file TO streams;

GRANT SELECT ON TABLE public.ref_load_file TO screens;

GRANT SELECT ON TABLE public.ref_load_file TO api;

GRANT SELECT ON TABLE public.ref_load_file TO units;

GRANT SELECT ON TABLE public.ref_other_name TO streams;

GRANT SELECT ON TABLE public.ref_other_name TO screens;

GRANT SELECT ON TABLE public.ref_other_name TO api;

GRANT SELECT ON TABLE public.ref_other_name TO units;

GRANT SELECT ON TABLE public.ref_plan TO streams;

GRANT SELECT ON TABLE public.ref_plan TO screens;

GRANT SELECT ON TABLE public.ref_plan TO api;

GRANT SELECT ON TABLE public.ref_plan TO units;

GRANT SELECT ON TABLE public.ref_rule TO streams;

GRANT SELECT ON TABLE public.ref_rule TO screens;

GRANT SELECT ON TABLE public.ref_rule TO api;

GRANT SELECT ON TABLE public.ref_rule TO units;

GRANT SELECT ON TABLE public.ref_sector TO streams;

GRANT SELECT ON TABLE public.ref_sector TO screens;

GRANT SELECT ON TABLE public.ref_sector TO api;

GRANT SELECT ON TABLE public.ref_sector TO units;

GRANT SELECT ON TABLE public.ref_service_target TO streams;

GRANT SELECT ON TABLE public.ref_service_target TO screens;

GRANT SELECT ON TABLE public.ref_service_target TO api;

GRANT SELECT ON TABLE public.ref_service_target TO units;

GRANT SELECT ON TABLE public.ref_system TO streams;

GRANT SELECT ON TABLE public.ref_system TO screens;

GRANT SELECT ON TABLE public.ref_system TO api;

GRANT SELECT ON TABLE public.ref_system TO units;

GRANT SELECT ON TABLE public.ref_thing TO streams;

GRANT SELECT ON TABLE public.ref_thing TO screens;

GRANT SELECT ON TABLE public.ref_thing TO api;

GRANT SELECT ON TABLE public.ref_thing TO units;

GRANT SELECT ON TABLE public.ref_tile TO streams;

GRANT SELECT ON TABLE public.ref_tile TO screens;

GRANT SELECT ON TABLE public.ref_tile TO api;

GRANT SELECT ON TABLE public.ref_tile TO units;

GRANT SELECT ON TABLE public.ref_working_hours TO streams;

GRANT SELECT ON TABLE public.ref_working_hours TO screens;

GRANT SELECT ON TABLE public.ref_working_hours TO api;

GRANT SELECT ON TABLE public.ref_working_hours TO units;

GRANT SELECT ON TABLE public.reference_use TO streams;

GRANT SELECT ON TABLE public.reference_use TO screens;

GRANT SELECT ON TABLE public.reference_use TO api;

GRANT SELECT ON TABLE public.reference_use TO units;

GRANT SELECT ON TABLE public.stream_epoch TO streams;

GRANT SELECT ON TABLE public.stream_epoch TO screens;

GRANT SELECT ON TABLE public.stream_epoch TO api;

GRANT SELECT ON TABLE public.stream_epoch TO units;

GRANT SELECT,INSERT ON TABLE public.stream_hole TO streams;

GRANT SELECT ON TABLE public.stream_hole TO screens;

GRANT SELECT ON TABLE public.stream_hole TO api;

GRANT SELECT ON TABLE public.stream_hole TO units;

GRANT SELECT,INSERT,UPDATE ON TABLE public.stream_offset TO streams;

GRANT SELECT ON TABLE public.stream_offset TO screens;

GRANT SELECT ON TABLE public.stream_offset TO api;

GRANT SELECT ON TABLE public.stream_offset TO units;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subject_history TO streams;

GRANT SELECT ON TABLE public.subject_history TO screens;

GRANT SELECT ON TABLE public.subject_history TO api;

GRANT SELECT ON TABLE public.subject_history TO units;

GRANT SELECT ON TABLE public.unknown_reference TO streams;

GRANT SELECT ON TABLE public.unknown_reference TO screens;

GRANT SELECT ON TABLE public.unknown_reference TO api;
