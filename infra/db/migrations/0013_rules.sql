-- The rules by which cases are judged, as dated reference data, and what each load has changed of them.

ALTER TABLE ref_calendar_day ADD COLUMN session text; -- morning, afternoon: of that half only; NULL: the whole day

-- When the halves of a working day begin and end, by the province's clock.
CREATE TABLE ref_working_hours (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session text NOT NULL, -- morning, afternoon
    opens time NOT NULL,
    closes time NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_working_hours_stated ON ref_working_hours (session, valid_from) WHERE replaced_by IS NULL;

-- One rule between its days (docs/rules.md).
CREATE TABLE ref_rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule text NOT NULL,
    value text NOT NULL,
    article text NOT NULL,
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
CREATE UNIQUE INDEX ref_rule_stated ON ref_rule (rule, valid_from) WHERE replaced_by IS NULL;

-- What a load has changed of what cases are judged by: the days (first to last, both included) and, of a procedure's
-- maximum time, the names it goes by. The greatest load_id is the edition of the rules. See ADR 0030.
CREATE TABLE rules_change (
    load_id bigint NOT NULL REFERENCES ref_load,
    kind text NOT NULL, -- calendar_day, working_hours, rule, procedure
    first_day date NOT NULL,
    last_day date NOT NULL,
    procedures text[] -- NULL: every procedure
);
CREATE INDEX rules_change_load ON rules_change (load_id);
