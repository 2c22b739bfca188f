-- The sum of infra/db/migrations and policies.sql, written by `make schema`. Nothing runs this file.

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE FUNCTION public.moment_at(us bigint) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ('1970-01-01 00:00:00+00'::timestamp with time zone + ((us)::double precision * '00:00:00.000001'::interval));

CREATE FUNCTION public.province_day(at timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date;

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
    oversized bigint DEFAULT 0 NOT NULL
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
    oversized bigint DEFAULT 0 NOT NULL
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
    oversized bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

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
    rules_version integer NOT NULL
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.05');

CREATE VIEW public.case_flow_repeated AS
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

CREATE VIEW public.case_flow_single AS
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
  WHERE case_state.oversized;

CREATE VIEW public.case_flow AS
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

CREATE TABLE public.case_history (
    subject text NOT NULL COLLATE pg_catalog."C",
    events text DEFAULT '[]'::text NOT NULL,
    oversized boolean DEFAULT false NOT NULL
)
WITH (fillfactor='60', autovacuum_vacuum_scale_factor='0.05');

ALTER TABLE ONLY public.case_history ALTER COLUMN events SET COMPRESSION lz4;

CREATE VIEW public.case_open AS
 SELECT subject,
    unit,
    procedure,
    channel,
    accepted_at,
    due_at,
    last_unit,
    last_at
   FROM public.case_state
  WHERE ((accepted_at IS NOT NULL) AND (ended_at IS NULL) AND (voided_at IS NULL));

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

CREATE TABLE public.heartbeat (
    process text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    beat_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    detail text DEFAULT ''::text NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.opening (
    id text NOT NULL,
    counter text NOT NULL,
    filters json NOT NULL,
    as_of timestamp with time zone NOT NULL,
    amount bigint NOT NULL,
    cases bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.opening_item (
    opening_id text NOT NULL,
    "position" integer NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL
);

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

ALTER TABLE ONLY public.heartbeat
    ADD CONSTRAINT heartbeat_pkey PRIMARY KEY (process);

ALTER TABLE ONLY public.opening_item
    ADD CONSTRAINT opening_item_pkey PRIMARY KEY (opening_id, "position");

ALTER TABLE ONLY public.opening
    ADD CONSTRAINT opening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stream_epoch
    ADD CONSTRAINT stream_epoch_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.stream_hole
    ADD CONSTRAINT stream_hole_pkey PRIMARY KEY (topic_id, partition, from_offset);

ALTER TABLE ONLY public.stream_offset
    ADD CONSTRAINT stream_offset_pkey PRIMARY KEY (cluster_id, topic_id, partition);

ALTER TABLE ONLY public.stream_source
    ADD CONSTRAINT stream_source_pkey PRIMARY KEY (source, topic_id, partition);

CREATE INDEX case_by_unit_day_day ON public.case_by_unit_day USING btree (day);

CREATE INDEX case_state_accepted ON public.case_state USING btree (public.province_day(accepted_at)) WHERE (accepted_at IS NOT NULL);

CREATE INDEX case_state_ended ON public.case_state USING btree (public.province_day(ended_at)) WHERE (ended_at IS NOT NULL);

CREATE INDEX case_state_last ON public.case_state USING brin (last_at) WITH (pages_per_range='16', autosummarize='on');

CREATE INDEX case_state_open ON public.case_state USING btree (due_at) INCLUDE (unit, channel, procedure, accepted_at) WHERE ((accepted_at IS NOT NULL) AND (ended_at IS NULL) AND (voided_at IS NULL));

CREATE INDEX case_state_rules ON public.case_state USING btree (rules_version);

CREATE INDEX case_state_unit ON public.case_state USING btree (unit, subject);

CREATE INDEX opening_created ON public.opening USING btree (created_at);

CREATE STATISTICS public.case_state_accepted_day ON public.province_day(accepted_at) FROM public.case_state;

CREATE STATISTICS public.case_state_ended_day ON public.province_day(ended_at) FROM public.case_state;

CREATE TRIGGER ts_insert_blocker BEFORE INSERT ON public.case_event FOR EACH ROW EXECUTE FUNCTION _timescaledb_functions.insert_blocker();

ALTER TABLE ONLY public.opening_item
    ADD CONSTRAINT opening_item_opening_id_fkey FOREIGN KEY (opening_id) REFERENCES public.opening(id) ON DELETE CASCADE;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA public TO streams;

GRANT USAGE ON SCHEMA public TO screens;

GRANT USAGE ON SCHEMA public TO api;

GRANT SELECT ON TABLE public.alembic_version TO streams;

GRANT SELECT ON TABLE public.alembic_version TO screens;

GRANT SELECT ON TABLE public.alembic_version TO api;

GRANT SELECT,INSERT ON TABLE public.audit_run TO streams;

GRANT SELECT ON TABLE public.audit_run TO screens;

GRANT SELECT ON TABLE public.audit_run TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_by_procedure_day TO streams;

GRANT SELECT ON TABLE public.case_by_procedure_day TO screens;

GRANT SELECT ON TABLE public.case_by_procedure_day TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_by_unit_day TO streams;

GRANT SELECT ON TABLE public.case_by_unit_day TO screens;

GRANT SELECT ON TABLE public.case_by_unit_day TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_by_unit_procedure_month TO streams;

GRANT SELECT ON TABLE public.case_by_unit_procedure_month TO screens;

GRANT SELECT ON TABLE public.case_by_unit_procedure_month TO api;

GRANT SELECT,INSERT ON TABLE public.case_event TO streams;

GRANT SELECT ON TABLE public.case_event TO screens;

GRANT SELECT ON TABLE public.case_event TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_state TO streams;

GRANT SELECT ON TABLE public.case_state TO screens;

GRANT SELECT ON TABLE public.case_state TO api;

GRANT SELECT ON TABLE public.case_flow_repeated TO streams;

GRANT SELECT ON TABLE public.case_flow_repeated TO screens;

GRANT SELECT ON TABLE public.case_flow_repeated TO api;

GRANT SELECT ON TABLE public.case_flow_single TO streams;

GRANT SELECT ON TABLE public.case_flow_single TO screens;

GRANT SELECT ON TABLE public.case_flow_single TO api;

GRANT SELECT ON TABLE public.case_flow TO streams;

GRANT SELECT ON TABLE public.case_flow TO screens;

GRANT SELECT ON TABLE public.case_flow TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.case_history TO streams;

GRANT SELECT ON TABLE public.case_history TO screens;

GRANT SELECT ON TABLE public.case_history TO api;

GRANT SELECT ON TABLE public.case_open TO streams;

GRANT SELECT ON TABLE public.case_open TO screens;

GRANT SELECT ON TABLE public.case_open TO api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.dead_letter TO streams;

GRANT SELECT ON TABLE public.dead_letter TO screens;

GRANT SELECT ON TABLE public.dead_letter TO api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.heartbeat TO streams;

GRANT SELECT ON TABLE public.heartbeat TO screens;

GRANT SELECT ON TABLE public.heartbeat TO api;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening TO screens;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening TO api;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening_item TO screens;

GRANT SELECT,INSERT,DELETE ON TABLE public.opening_item TO api;

GRANT SELECT ON TABLE public.stream_epoch TO streams;

GRANT SELECT ON TABLE public.stream_epoch TO screens;

GRANT SELECT ON TABLE public.stream_epoch TO api;

GRANT SELECT,INSERT ON TABLE public.stream_hole TO streams;

GRANT SELECT ON TABLE public.stream_hole TO screens;

GRANT SELECT ON TABLE public.stream_hole TO api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.stream_offset TO streams;

GRANT SELECT ON TABLE public.stream_offset TO screens;

GRANT SELECT ON TABLE public.stream_offset TO api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.stream_source TO streams;

GRANT SELECT ON TABLE public.stream_source TO screens;

GRANT SELECT ON TABLE public.stream_source TO api;
