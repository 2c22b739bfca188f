-- What the systems of the data centre, and the plans of tasks, are called on screens.
CREATE TABLE ref_system (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
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
CREATE UNIQUE INDEX ref_system_stated ON ref_system (code, valid_from) WHERE replaced_by IS NULL AND NOT kept;
