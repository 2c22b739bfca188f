-- Cases: events (the truth), histories, states, rollups; offsets, dead letters, heartbeats, audits, openings.

CREATE EXTENSION IF NOT EXISTS timescaledb;

-- The moment of a number of microseconds since 1970-01-01 UTC; exact until the year 2255.
CREATE FUNCTION moment_at(us bigint) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN timestamptz '1970-01-01 00:00:00+00' + us * interval '1 microsecond';

-- How far each partition has been taken. The only offset there is: Kafka's own is never read.
-- A re-created topic has another topic_id and so begins at 0.
CREATE TABLE stream_offset (
    cluster_id text NOT NULL,
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next bigint NOT NULL,
    records bigint NOT NULL DEFAULT 0, -- taken in all: accepted (new or duplicate) and rejected
    duplicates bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    received_at timestamptz, -- Kafka's timestamp of the last record
    changed_at timestamptz NOT NULL, -- when the last span was written, by the worker's clock
    PRIMARY KEY (cluster_id, topic_id, partition)
) WITH (fillfactor = 50);

-- Raised by a restore or a rebuild, so that no browser takes older numbers for newer ones.
CREATE TABLE stream_epoch (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    epoch integer NOT NULL
);
INSERT INTO stream_epoch (epoch) VALUES (1);

-- What each source has sent, per partition so that partitions never wait for each other here.
CREATE TABLE stream_source (
    source text NOT NULL,
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    events bigint NOT NULL DEFAULT 0, -- accepted, new
    duplicates bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    last_time timestamptz, -- greatest event time
    received_at timestamptz, -- Kafka's timestamp of its last record
    PRIMARY KEY (source, topic_id, partition)
) WITH (fillfactor = 50);

-- Records that retention removed before they were taken. Shown on every figure of the topic.
CREATE TABLE stream_hole (
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    from_offset bigint NOT NULL,
    to_offset bigint NOT NULL,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (topic_id, partition, from_offset)
);

CREATE TABLE heartbeat (
    process text PRIMARY KEY, -- worker-1, …
    started_at timestamptz NOT NULL,
    beat_at timestamptz NOT NULL,
    state text NOT NULL, -- running, waiting (a dependency is away)
    detail text NOT NULL DEFAULT ''
) WITH (fillfactor = 50);

-- Records that can never be processed. The payload is not stored: rejected payloads are where identities will be.
CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamptz NOT NULL,
    source text, -- only if it is one we know
    field text NOT NULL,
    rule text NOT NULL,
    hash bytea NOT NULL, -- SHA-256 of the record's value
    replayed_at timestamptz,
    UNIQUE (topic_id, partition, "offset")
);

-- The truth: every accepted event once, insert-only. Chunks of a month; no query on it without a time bound.
CREATE TABLE case_event (
    source text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    time timestamptz NOT NULL,
    digest bytea NOT NULL,
    kind text COLLATE "C" NOT NULL,
    data json NOT NULL,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamptz NOT NULL,
    UNIQUE (source, id, subject, time, digest)
);
SELECT create_hypertable('case_event', by_range('time', INTERVAL '1 month'), create_default_indexes => false);

-- A cache of case_event, one row a case: entries [kind, time, source, id, data] in order, as JSON.
-- Empty for a case with more events than a history holds.
CREATE TABLE case_history (
    subject text COLLATE "C" PRIMARY KEY,
    events text COMPRESSION lz4 NOT NULL DEFAULT '[]',
    oversized boolean NOT NULL DEFAULT false
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

-- What the history folds to, with the contribution that was added to the rollups.
CREATE TABLE case_state (
    subject text COLLATE "C" PRIMARY KEY,
    unit text NOT NULL,
    procedure text NOT NULL,
    channel text NOT NULL,
    submitted_at timestamptz,
    accepted_at timestamptz,
    due_at timestamptz,
    ended_at timestamptz,
    end_kind text,
    returned_at timestamptz,
    status smallint,
    status_raw text,
    last_at timestamptz,
    last_unit text NOT NULL,
    flows json NOT NULL, -- [[counter, unit, day, amount], …] of what may happen more than once; days since 1970-01-01
    voided_at timestamptz,
    oversized boolean NOT NULL,
    simulated boolean NOT NULL,
    contribution text NOT NULL, -- [procedure, channel, [[unit, day, counter, amount], …]]
    rules_version integer NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

CREATE FUNCTION province_day(at timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;

CREATE INDEX case_state_accepted ON case_state (province_day(accepted_at)) WHERE accepted_at IS NOT NULL;
CREATE INDEX case_state_ended ON case_state (province_day(ended_at)) WHERE ended_at IS NOT NULL;
CREATE INDEX case_state_open ON case_state (due_at) WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;

-- Rollups: the sum of the stored contributions, at three grains. A row whose counters are all zero is deleted.
CREATE TABLE case_by_unit_day (
    unit text COLLATE "C" NOT NULL,
    day date NOT NULL,
    channel text COLLATE "C" NOT NULL,
    submitted bigint NOT NULL DEFAULT 0,
    accepted bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    steps bigint NOT NULL DEFAULT 0,
    supplements bigint NOT NULL DEFAULT 0,
    supplements_received bigint NOT NULL DEFAULT 0,
    extensions bigint NOT NULL DEFAULT 0,
    suspensions bigint NOT NULL DEFAULT 0,
    resumptions bigint NOT NULL DEFAULT 0,
    stopped bigint NOT NULL DEFAULT 0,
    withdrawn bigint NOT NULL DEFAULT 0,
    finished bigint NOT NULL DEFAULT 0,
    returned bigint NOT NULL DEFAULT 0,
    on_time bigint NOT NULL DEFAULT 0,
    late bigint NOT NULL DEFAULT 0,
    paid bigint NOT NULL DEFAULT 0,
    digitised bigint NOT NULL DEFAULT 0,
    rated bigint NOT NULL DEFAULT 0,
    conflicts bigint NOT NULL DEFAULT 0,
    voided bigint NOT NULL DEFAULT 0,
    oversized bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (unit, day, channel)
) WITH (fillfactor = 50);
CREATE INDEX case_by_unit_day_day ON case_by_unit_day (day);

CREATE TABLE case_by_procedure_day (
    procedure text COLLATE "C" NOT NULL,
    day date NOT NULL,
    channel text COLLATE "C" NOT NULL,
    submitted bigint NOT NULL DEFAULT 0,
    accepted bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    steps bigint NOT NULL DEFAULT 0,
    supplements bigint NOT NULL DEFAULT 0,
    supplements_received bigint NOT NULL DEFAULT 0,
    extensions bigint NOT NULL DEFAULT 0,
    suspensions bigint NOT NULL DEFAULT 0,
    resumptions bigint NOT NULL DEFAULT 0,
    stopped bigint NOT NULL DEFAULT 0,
    withdrawn bigint NOT NULL DEFAULT 0,
    finished bigint NOT NULL DEFAULT 0,
    returned bigint NOT NULL DEFAULT 0,
    on_time bigint NOT NULL DEFAULT 0,
    late bigint NOT NULL DEFAULT 0,
    paid bigint NOT NULL DEFAULT 0,
    digitised bigint NOT NULL DEFAULT 0,
    rated bigint NOT NULL DEFAULT 0,
    conflicts bigint NOT NULL DEFAULT 0,
    voided bigint NOT NULL DEFAULT 0,
    oversized bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (procedure, day, channel)
) WITH (fillfactor = 50);

CREATE TABLE case_by_unit_procedure_month (
    unit text COLLATE "C" NOT NULL,
    procedure text COLLATE "C" NOT NULL,
    month date NOT NULL,
    submitted bigint NOT NULL DEFAULT 0,
    accepted bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    steps bigint NOT NULL DEFAULT 0,
    supplements bigint NOT NULL DEFAULT 0,
    supplements_received bigint NOT NULL DEFAULT 0,
    extensions bigint NOT NULL DEFAULT 0,
    suspensions bigint NOT NULL DEFAULT 0,
    resumptions bigint NOT NULL DEFAULT 0,
    stopped bigint NOT NULL DEFAULT 0,
    withdrawn bigint NOT NULL DEFAULT 0,
    finished bigint NOT NULL DEFAULT 0,
    returned bigint NOT NULL DEFAULT 0,
    on_time bigint NOT NULL DEFAULT 0,
    late bigint NOT NULL DEFAULT 0,
    paid bigint NOT NULL DEFAULT 0,
    digitised bigint NOT NULL DEFAULT 0,
    rated bigint NOT NULL DEFAULT 0,
    conflicts bigint NOT NULL DEFAULT 0,
    voided bigint NOT NULL DEFAULT 0,
    oversized bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (unit, procedure, month)
) WITH (fillfactor = 50);

-- The list behind every flow counter, from the state's own columns: amount is how often the case counts.
CREATE VIEW case_flow AS
    SELECT subject, 'submitted' AS counter, unit, procedure, channel, province_day(submitted_at) AS day, 1::bigint AS amount
    FROM case_state WHERE submitted_at IS NOT NULL
    UNION ALL
    SELECT subject, 'accepted', unit, procedure, channel, province_day(accepted_at), 1
    FROM case_state WHERE accepted_at IS NOT NULL
    UNION ALL
    SELECT subject, 'finished', unit, procedure, channel, province_day(ended_at), 1
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned')
    UNION ALL
    SELECT subject, 'on_time', unit, procedure, channel, province_day(ended_at), 1
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_at
    UNION ALL
    SELECT subject, 'late', unit, procedure, channel, province_day(ended_at), 1
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at > due_at
    UNION ALL
    SELECT subject, 'refused', unit, procedure, channel, province_day(ended_at), 1
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'refused'
    UNION ALL
    SELECT subject, 'stopped', unit, procedure, channel, province_day(ended_at), 1
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'stopped'
    UNION ALL
    SELECT subject, 'withdrawn', unit, procedure, channel, province_day(ended_at), 1
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'withdrawn'
    UNION ALL
    SELECT subject, 'returned', unit, procedure, channel, province_day(returned_at), 1
    FROM case_state WHERE returned_at IS NOT NULL
    UNION ALL
    SELECT subject, 'voided', unit, procedure, channel, province_day(voided_at), 1
    FROM case_state WHERE voided_at IS NOT NULL
    UNION ALL
    SELECT subject, 'oversized', unit, procedure, channel, date '2010-01-01', 1
    FROM case_state WHERE oversized
    UNION ALL
    SELECT s.subject, f.flow ->> 0, CASE WHEN f.flow ->> 0 = 'steps' THEN f.flow ->> 1 ELSE s.unit END,
        s.procedure, s.channel, date '1970-01-01' + (f.flow ->> 2)::integer, (f.flow ->> 3)::bigint
    FROM case_state s CROSS JOIN LATERAL json_array_elements(s.flows) AS f (flow);

-- Cases accepted and not ended. Overdue at a moment: those with due_at before it (the moment is a parameter, never now()).
CREATE VIEW case_open AS
    SELECT subject, unit, procedure, channel, accepted_at, due_at, last_unit, last_at
    FROM case_state
    WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;

CREATE TABLE audit_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope text NOT NULL, -- full, slice
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    cases bigint NOT NULL,
    buckets bigint NOT NULL,
    differences bigint NOT NULL,
    detail json NOT NULL
);

-- A number that was opened: its count and ids in one snapshot, kept a while for paging and export.
CREATE TABLE opening (
    id text PRIMARY KEY,
    counter text NOT NULL,
    filters json NOT NULL, -- unit, channel, procedure, from, to as asked
    as_of timestamptz NOT NULL,
    amount bigint NOT NULL, -- what the tile showed
    cases bigint NOT NULL, -- rows of the list
    created_at timestamptz NOT NULL
);
CREATE INDEX opening_created ON opening (created_at);
CREATE TABLE opening_item (
    opening_id text NOT NULL REFERENCES opening ON DELETE CASCADE,
    position integer NOT NULL,
    subject text COLLATE "C" NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (opening_id, position)
);
