-- Look-ups of the national population database. Seventeen million a year, and nearly all of them stand as they came: so no
-- history and no state a subject, but one row an event, rollups beside it, and what is not plain in a table of its own.

-- Every look-up, in the version that came first. Insert-only. All events of a subject (account/YYYY-MM-DD) lie within its
-- day, so the day is the time by which the table is cut (chunks of a month) and a name is unique within a subject. No
-- query on it without a bound of days or time.
CREATE TABLE lookup_event (
    subject text COLLATE "C" NOT NULL, -- account/YYYY-MM-DD
    source text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    day date NOT NULL, -- the subject's, which is that of time in the province
    time timestamptz NOT NULL,
    digest bytea NOT NULL,
    unit text COLLATE "C" NOT NULL,
    application text COLLATE "C" NOT NULL,
    purpose text,
    case_code text,
    channel text COLLATE "C" NOT NULL, -- screen, automatic
    person text, -- keyed hash behind its key's id
    fields text[],
    result text COLLATE "C" NOT NULL, -- found, not_found, mismatch, error
    latency_ms integer,
    client text,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamptz NOT NULL,
    UNIQUE (subject, source, id, day)
);
SELECT create_hypertable('lookup_event', by_range('day', INTERVAL '1 month'), create_default_indexes => false);
CREATE INDEX lookup_event_time ON lookup_event (time);

-- Every other event about look-ups: corrections, voidings, and further versions of one (source, id). Insert-only.
CREATE TABLE lookup_exception (
    subject text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    time timestamptz NOT NULL,
    digest bytea NOT NULL,
    kind text COLLATE "C" NOT NULL, -- performed, corrected, voided
    day date, -- the subject's; none where a voiding names something that is no account's day
    data json NOT NULL, -- as streams/entries/subjects.py writes it
    replaces_source text COLLATE "C",
    replaces_id text COLLATE "C",
    topic_id text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (subject, source, id, time, digest)
);
CREATE INDEX lookup_exception_replaces ON lookup_exception (subject, replaces_source, replaces_id);
CREATE INDEX lookup_exception_time ON lookup_exception (time);

-- The row to lock for a subject, so that two partitions never take one at the same time.
CREATE TABLE lookup_day (
    subject text COLLATE "C" PRIMARY KEY,
    exceptions boolean NOT NULL DEFAULT false, -- whether lookup_exception has something about it
    voidings boolean NOT NULL DEFAULT false -- whether any of that would void the whole subject
) WITH (fillfactor = 70);

-- The rollups: sums over lookup_standing. A row whose counters are all zero is deleted. The columns are
-- schemas.lookups.COUNTERS: latency_100 counts latencies up to 100 ms, latency_250 those above that up to 250 ms, ….
CREATE TABLE lookup_by_unit_hour (
    unit text COLLATE "C" NOT NULL,
    application text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    hour timestamptz NOT NULL, -- its beginning
    lookups bigint NOT NULL DEFAULT 0,
    without_case bigint NOT NULL DEFAULT 0,
    not_found bigint NOT NULL DEFAULT 0,
    mismatch bigint NOT NULL DEFAULT 0,
    errors bigint NOT NULL DEFAULT 0,
    automatic bigint NOT NULL DEFAULT 0,
    latency_total bigint NOT NULL DEFAULT 0,
    timed bigint NOT NULL DEFAULT 0,
    latency_100 bigint NOT NULL DEFAULT 0,
    latency_250 bigint NOT NULL DEFAULT 0,
    latency_500 bigint NOT NULL DEFAULT 0,
    latency_1000 bigint NOT NULL DEFAULT 0,
    latency_2500 bigint NOT NULL DEFAULT 0,
    latency_5000 bigint NOT NULL DEFAULT 0,
    latency_10000 bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (hour, unit, application, channel)
) WITH (fillfactor = 60);

CREATE TABLE lookup_by_account_day (
    account text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    day date NOT NULL,
    lookups bigint NOT NULL DEFAULT 0,
    without_case bigint NOT NULL DEFAULT 0,
    not_found bigint NOT NULL DEFAULT 0,
    mismatch bigint NOT NULL DEFAULT 0,
    errors bigint NOT NULL DEFAULT 0,
    automatic bigint NOT NULL DEFAULT 0,
    latency_total bigint NOT NULL DEFAULT 0,
    timed bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (day, account, unit)
) WITH (fillfactor = 60);
CREATE INDEX lookup_by_account_day_account ON lookup_by_account_day (account, day);

-- The account of a subject.
CREATE FUNCTION lookup_account_of(subject text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN left(subject, -11) COLLATE "C";

-- Corrections and voidings in the version that counts: the greatest (time, digest) of one (source, id).
CREATE VIEW lookup_ruling AS
SELECT x.subject, x.source, x.id, x.time, x.kind, x.replaces_source, x.replaces_id
FROM lookup_exception x
WHERE x.kind <> 'performed'
    AND NOT EXISTS (
        SELECT FROM lookup_exception o
        WHERE o.subject = x.subject AND o.source = x.source AND o.id = x.id AND (o.time, o.digest) > (x.time, x.digest)
    )
    AND NOT EXISTS (
        SELECT FROM lookup_event e
        WHERE e.subject = x.subject AND e.source = x.source AND e.id = x.id AND e.day = x.day
            AND (e.time, e.digest) > (x.time, x.digest)
    );

-- Subjects that were voided as a whole, by a voiding that nothing names.
CREATE VIEW lookup_voided AS
SELECT v.subject
FROM lookup_ruling v
WHERE v.kind = 'voided' AND v.replaces_source IS NULL
    AND NOT EXISTS (
        SELECT FROM lookup_ruling r
        WHERE r.subject = v.subject AND r.replaces_source = v.source AND r.replaces_id = v.id
    );

-- The look-ups that stand, by the rules of streams/conflicting_versions.py: of one (source, id) the greatest (time, digest); what a
-- ruling names is out; the last ruling that names a look-up decides, and where that is a correction, its fact stands
-- under the correction's name unless it is itself named. Every figure of look-ups is a count of these rows.
CREATE VIEW lookup_standing AS
SELECT e.subject, e.source, e.id, e.day, e.time, e.unit, e.application, e.purpose, e.case_code, e.channel, e.person,
    e.fields, e.result, e.latency_ms, e.client
FROM lookup_event e
WHERE NOT EXISTS (
        SELECT FROM lookup_exception x
        WHERE x.subject = e.subject AND x.source = e.source AND x.id = e.id AND (x.time, x.digest) > (e.time, e.digest)
    )
    AND NOT EXISTS (
        SELECT FROM lookup_ruling r
        WHERE r.subject = e.subject AND r.replaces_source = e.source AND r.replaces_id = e.id
    )
    AND NOT EXISTS (SELECT FROM lookup_voided v WHERE v.subject = e.subject)
UNION ALL
SELECT x.subject, x.source, x.id, x.day, f.time, (f.data ->> 'unit') COLLATE "C", (f.data ->> 'application') COLLATE "C",
    f.data ->> 'purpose', f.data ->> 'case', (f.data ->> 'channel') COLLATE "C", f.data ->> 'person',
    CASE WHEN f.data -> 'fields' IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(f.data -> 'fields')) END,
    (f.data ->> 'result') COLLATE "C", (f.data ->> 'latency_ms')::integer, f.data ->> 'client'
FROM lookup_exception x
CROSS JOIN LATERAL (
    SELECT CASE x.kind WHEN 'corrected' THEN x.data -> 'event' ELSE x.data END AS data,
        CASE x.kind WHEN 'corrected' THEN moment_at((x.data ->> 'time')::bigint) ELSE x.time END AS time
) AS f
WHERE x.kind <> 'voided'
    AND NOT EXISTS (
        SELECT FROM lookup_exception o
        WHERE o.subject = x.subject AND o.source = x.source AND o.id = x.id AND (o.time, o.digest) > (x.time, x.digest)
    )
    AND NOT EXISTS (
        SELECT FROM lookup_event e
        WHERE e.subject = x.subject AND e.source = x.source AND e.id = x.id AND e.day = x.day
            AND (e.time, e.digest) > (x.time, x.digest)
    )
    AND NOT EXISTS (
        SELECT FROM lookup_ruling r
        WHERE r.subject = x.subject AND r.replaces_source = x.source AND r.replaces_id = x.id
    )
    AND NOT EXISTS (
        SELECT FROM lookup_ruling r
        WHERE x.kind = 'corrected' AND r.subject = x.subject
            AND r.replaces_source = x.replaces_source AND r.replaces_id = x.replaces_id
            AND (r.time, r.kind, r.source, r.id) > (x.time, x.kind, x.source, x.id)
    )
    AND NOT EXISTS (SELECT FROM lookup_voided v WHERE v.subject = x.subject);

-- What is known of an account, from its days.
CREATE VIEW lookup_account AS
SELECT account, min(day) AS first_day, max(day) AS last_day, count(DISTINCT day) AS days, sum(lookups)::bigint AS lookups
FROM lookup_by_account_day
WHERE lookups > 0
GROUP BY account;
