-- The look-up guard: what it counts by the minute, what it finds, and which campaigns were announced.

-- Look-ups as they were counted when they came, by the minute of their own time: what the guard judges units, applications
-- and the province by, and the curve of the day. Kept for some days; no rollup: a later correction does not change it.
CREATE TABLE lookup_minute (
    minute timestamptz NOT NULL, -- its beginning
    unit text COLLATE "C" NOT NULL,
    application text COLLATE "C" NOT NULL,
    lookups integer NOT NULL,
    without_case integer NOT NULL,
    not_found integer NOT NULL,
    errors integer NOT NULL,
    PRIMARY KEY (minute, unit, application)
) WITH (fillfactor = 60);

-- One row an episode: what was seen when it was found, and how far it has grown since. Facts of their moment, written in
-- the transaction of the look-ups that showed them.
CREATE TABLE lookup_finding (
    id text PRIMARY KEY COLLATE "C",
    rule text COLLATE "C" NOT NULL, -- schemas.lookup_findings.FindingRule
    scope text COLLATE "C" NOT NULL, -- account, unit, application, province
    key text COLLATE "C" NOT NULL, -- of it; '' of the province
    unit text COLLATE "C" NOT NULL, -- '' where there is none
    application text COLLATE "C" NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL, -- when it was found, by the look-ups' own time
    last_at timestamptz NOT NULL, -- when it was last seen so
    minutes integer NOT NULL,
    lookups bigint NOT NULL,
    usual double precision,
    without_case integer,
    not_found integer,
    errors integer,
    persons integer,
    case_code text,
    person text, -- keyed hash behind its key's id
    days integer,
    limit_lookups bigint,
    reaches_at timestamptz,
    soonest_at timestamptz,
    latest_at timestamptz,
    part double precision,
    examples text[] NOT NULL, -- source and id in turn
    cleared_at timestamptz -- when the case's later events showed that nothing was wrong
);
CREATE INDEX lookup_finding_last ON lookup_finding (last_at);
CREATE INDEX lookup_finding_about ON lookup_finding (scope, key, last_at);

-- What an operator has announced: so many look-ups more a day are expected while it runs, and are no attack.
CREATE TABLE lookup_campaign (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    unit text COLLATE "C" NOT NULL DEFAULT '', -- '' is all of them
    application text COLLATE "C" NOT NULL DEFAULT '',
    first_day date NOT NULL,
    last_day date NOT NULL,
    lookups integer NOT NULL CHECK (lookups > 0), -- a day
    announced_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    CHECK (first_day <= last_day)
);
