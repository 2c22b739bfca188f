-- Every domain besides cases (tasks, data sets, systems, petitions, …) in the same tables: events (the truth), histories,
-- states, and rollups one counter a row, so that a new domain needs no table of its own.

-- Insert-only. Chunks of a month; no query on it without a time bound.
CREATE TABLE subject_event (
    domain text COLLATE "C" NOT NULL,
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
    UNIQUE (domain, source, id, subject, time, digest)
);
SELECT create_hypertable('subject_event', by_range('time', INTERVAL '1 month'), create_default_indexes => false);

-- A cache of subject_event: entries [kind, time, source, id, data] in order, as JSON.
-- Empty for a subject with more events than a history holds.
CREATE TABLE subject_history (
    domain text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    events text COMPRESSION lz4 NOT NULL DEFAULT '[]',
    oversized boolean NOT NULL DEFAULT false,
    PRIMARY KEY (domain, subject)
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

-- What the history folds to, with the contribution that was added to the rollups.
CREATE TABLE subject_state (
    domain text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    unit text NOT NULL,
    part text NOT NULL, -- what the domain takes its figures apart by: sector, plan, system, …
    standing text NOT NULL, -- a word of the domain: open, blocked, done, …
    title text,
    opened_at timestamptz,
    due_at timestamptz,
    ended_at timestamptz,
    last_at timestamptz,
    voided_at timestamptz,
    oversized boolean NOT NULL,
    simulated boolean NOT NULL,
    detail json NOT NULL, -- what the domain shows of it besides
    contribution text NOT NULL, -- [[counter, unit, part, day, amount], …], days since 1970-01-01
    rules_version integer NOT NULL,
    PRIMARY KEY (domain, subject)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX subject_state_standing ON subject_state (domain, standing, due_at);
CREATE INDEX subject_state_last ON subject_state (domain, part, last_at);

-- The sum of the stored contributions. "subjects" is how many contributions there are: a level of 0 is a figure too, and
-- a row goes only when nobody contributes to it any more.
CREATE TABLE subject_figure (
    domain text COLLATE "C" NOT NULL,
    counter text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    part text COLLATE "C" NOT NULL,
    day date NOT NULL,
    amount bigint NOT NULL,
    subjects bigint NOT NULL,
    PRIMARY KEY (domain, counter, unit, part, day)
) WITH (fillfactor = 60);
CREATE INDEX subject_figure_day ON subject_figure (domain, day);

-- What sources say that they have sent (source.digest.v1), insert-only; a later one of the same day, unit and parts stands
-- for an earlier one.
CREATE TABLE source_digest (
    source text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    time timestamptz NOT NULL,
    digest bytea NOT NULL,
    topic text NOT NULL, -- the contract's name: cases, lookups, …
    day date NOT NULL, -- of the events' own time, in the province
    unit text NOT NULL,
    part integer NOT NULL,
    parts integer NOT NULL,
    count bigint NOT NULL,
    hash text NOT NULL, -- see schemas/digests.py
    ids text[],
    PRIMARY KEY (source, id, time, digest)
);
CREATE INDEX source_digest_day ON source_digest (day);
