-- Reference data: dated rows from schemas/reference and the operator's own files (infra/db/reference.py loads them).
-- A row that a newer file changes is not touched but for replaced_by, so what was loaded and when can always be told;
-- the present rows are those with replaced_by NULL. valid_from and valid_to are days in the province, both included.
-- kept: its file no longer has the row; it stays for the days before, and gives way to any row that a file has.

CREATE TABLE ref_load (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    loaded_at timestamptz NOT NULL
);
CREATE TABLE ref_load_file (
    load_id bigint NOT NULL REFERENCES ref_load,
    file text NOT NULL,
    sha256 text, -- NULL: the file was no longer there
    packaged boolean NOT NULL, -- one of ours, not an operator's
    rows integer NOT NULL, -- in the file
    added integer NOT NULL,
    replaced integer NOT NULL,
    kept integer NOT NULL,
    PRIMARY KEY (load_id, file)
);

-- Provinces, districts and communes by the General Statistics Office's code, departments by a key of ours.
CREATE TABLE ref_unit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    tier text NOT NULL, -- province, district, commune, department
    parent text,
    h19_code text,
    aliases text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL, -- law, sourced; unverified: second_hand, inferred, memory, not_found
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_unit_stated ON ref_unit (code, valid_from) WHERE replaced_by IS NULL AND NOT kept;

-- Which unit took the place of which on valid_from. Not usable: the old one was divided, so no figure maps.
CREATE TABLE ref_unit_successor (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_unit_successor_one ON ref_unit_successor (old_code, valid_from) WHERE replaced_by IS NULL AND usable;

-- The tile map: row 0 north, column 0 west.
CREATE TABLE ref_tile (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL,
    tile_row integer NOT NULL,
    tile_col integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_tile_stated ON ref_tile (code, valid_from) WHERE replaced_by IS NULL;

CREATE TABLE ref_sector (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_sector_stated ON ref_sector (code, valid_from) WHERE replaced_by IS NULL AND NOT kept;

-- NULL is "not known", everywhere.
CREATE TABLE ref_procedure (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
    sector text,
    level text,
    online text, -- none, partial, whole
    fee boolean,
    max_working_days integer,
    aliases text[] NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    unverified text, -- columns that are less sure than confidence says, with | between
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_procedure_stated ON ref_procedure (code, valid_from) WHERE replaced_by IS NULL AND NOT kept;

-- The essential online services.
CREATE TABLE ref_service (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number integer NOT NULL,
    name text NOT NULL,
    decision text NOT NULL,
    lead_agency text NOT NULL,
    procedure_codes text, -- with | between
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    code_confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_service_stated ON ref_service (number, valid_from) WHERE replaced_by IS NULL AND NOT kept;

-- Parts of plans and how many tasks or models each has.
CREATE TABLE ref_plan (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_plan_stated ON ref_plan (plan, part, valid_from) WHERE replaced_by IS NULL AND NOT kept;

-- What sources call a unit, procedure or sector besides its code and name.
CREATE TABLE ref_other_name (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    alias text NOT NULL,
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_other_name_stated ON ref_other_name (kind, alias, valid_from) WHERE replaced_by IS NULL;

-- Days that are not as their weekday says. Monday to Friday are working days, the others are not.
CREATE TABLE ref_calendar_day (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day date NOT NULL,
    kind text NOT NULL, -- holiday, day_off, working
    name text NOT NULL,
    swapped_with date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_calendar_day_stated ON ref_calendar_day (day) WHERE replaced_by IS NULL;

-- What events may name, as it stands now.
CREATE VIEW ref_thing AS
    SELECT 'unit' AS kind, code AS key, name, aliases, valid_from, valid_to, confidence, kept
    FROM ref_unit WHERE replaced_by IS NULL
    UNION ALL
    SELECT 'procedure', code, name, aliases, valid_from, valid_to, confidence, kept
    FROM ref_procedure WHERE replaced_by IS NULL
    UNION ALL
    SELECT 'sector', code, name, aliases, valid_from, valid_to, confidence, kept
    FROM ref_sector WHERE replaced_by IS NULL;

-- Every way to name a unit, procedure or sector: code, name, other spellings, other names. Composed Unicode (NFC).
-- Written anew by each load from ref_thing and ref_other_name, and kept apart so that it has an index.
CREATE TABLE ref_alias (
    kind text COLLATE "C" NOT NULL,
    alias text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    kept boolean NOT NULL
);
CREATE INDEX ref_alias_alias ON ref_alias (kind, alias);

-- The key that a spelling had on a day; NULL where none or more than one had it. What a file states goes before what is
-- only kept.
CREATE FUNCTION reference_key(asked text, spelt text, on_day date) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE STRICT
    BEGIN ATOMIC
        SELECT CASE
            WHEN count(DISTINCT key) FILTER (WHERE NOT kept) = 1 THEN min(key) FILTER (WHERE NOT kept)
            WHEN count(*) FILTER (WHERE NOT kept) = 0 AND count(DISTINCT key) = 1 THEN min(key)
        END
        FROM ref_alias
        WHERE kind = asked AND alias = normalize(spelt, NFC)
            AND on_day BETWEEN valid_from AND coalesce(valid_to, 'infinity');
    END;

-- Which keys the figures hold, by day: one part a rollup. amount: the events counted (on time and late are finished
-- cases counted again, conflicts and oversized are no events of a day).
CREATE VIEW reference_use AS
    SELECT 'unit' AS kind, unit AS key, day,
        submitted + accepted + refused + steps + supplements + supplements_received + extensions + suspensions
            + resumptions + stopped + withdrawn + finished + returned + paid + digitised + rated + voided AS amount
    FROM case_by_unit_day
    UNION ALL
    SELECT 'procedure', procedure, day,
        submitted + accepted + refused + steps + supplements + supplements_received + extensions + suspensions
            + resumptions + stopped + withdrawn + finished + returned + paid + digitised + rated + voided
    FROM case_by_procedure_day;

-- "Chưa rõ": keys of the figures that no reference row valid on that day knows. Nothing is dropped: the figures keep the
-- key as it came, and whoever adds the row or the other name takes it off this list, for the days before as well.
-- why: none_named (the events name none), ambiguous (a name of several), other_days (known, but not on that day), unknown.
CREATE VIEW unknown_reference AS
    WITH spelt AS MATERIALIZED ( -- each key once: only few are looked at day by day
        SELECT kind, key, min(day) AS first_day, max(day) AS last_day, sum(amount) AS amount
        FROM reference_use WHERE amount > 0
        GROUP BY kind, key
    ), meant AS MATERIALIZED (
        SELECT s.kind, s.key, a.key AS means, a.valid_from, coalesce(a.valid_to, 'infinity') AS valid_to, a.kept
        FROM spelt s JOIN ref_alias a ON a.kind = s.kind AND a.alias = normalize(s.key, NFC)
    ), doubtful AS MATERIALIZED ( -- known on some day, but not by one row on all the days of its figures
        SELECT s.kind, s.key FROM spelt s JOIN meant m ON m.kind = s.kind AND m.key = s.key
        GROUP BY s.kind, s.key, s.first_day, s.last_day
        HAVING NOT (count(*) = 1 AND min(m.valid_from) <= s.first_day AND max(m.valid_to) >= s.last_day)
    ), matched AS (
        SELECT u.kind, u.key, u.day, u.amount, count(DISTINCT m.means) AS keys,
            count(DISTINCT m.means) FILTER (WHERE NOT m.kept) AS stated
        FROM (
            SELECT u.kind, u.key, u.day, sum(u.amount) AS amount
            FROM reference_use u JOIN doubtful d ON d.kind = u.kind AND d.key = u.key
            WHERE u.amount > 0
            GROUP BY u.kind, u.key, u.day
        ) AS u
        LEFT JOIN meant m ON m.kind = u.kind AND m.key = u.key AND u.day BETWEEN m.valid_from AND m.valid_to
        GROUP BY u.kind, u.key, u.day, u.amount
    )
    SELECT kind, key, CASE WHEN key = '' THEN 'none_named' ELSE 'unknown' END AS why, first_day, last_day,
        amount::bigint AS amount
    FROM spelt s
    WHERE NOT EXISTS (SELECT FROM meant m WHERE m.kind = s.kind AND m.key = s.key)
    UNION ALL
    SELECT kind, key, CASE WHEN keys > 0 THEN 'ambiguous' ELSE 'other_days' END, min(day), max(day), sum(amount)::bigint
    FROM matched
    WHERE NOT (stated = 1 OR (stated = 0 AND keys = 1))
    GROUP BY 1, 2, 3;
