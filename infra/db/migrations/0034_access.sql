-- Who may use the centre: people, their sessions, keys of programs, screens on walls, and what all of them did.
-- Nothing here is a citizen's. Tokens and passwords are hashes; a token is shown once and kept by nobody.

CREATE TABLE access_account (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    issuer text NOT NULL DEFAULT '',      -- of OpenID Connect (iss); '' is an account of our own
    subject text NOT NULL,                -- of the issuer (sub), or the name under which one signs in
    name text NOT NULL,                   -- as screens show it
    role text NOT NULL CHECK (role IN ('leader', 'duty_officer', 'unit_officer', 'auditor', 'administrator')),
    units text[] NOT NULL DEFAULT '{}',   -- keys; of a unit officer alone
    password text,                        -- argon2id; of our own accounts
    password_at timestamptz,
    change_password boolean NOT NULL DEFAULT false, -- it was given by somebody else
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (issuer, subject),
    CHECK ((role = 'unit_officer') = (cardinality(units) > 0)),
    CHECK ((issuer = '') = (password IS NOT NULL))
);

-- Sessions of people, keys of programs and screens on walls are one kind of thing: a token with an end.
CREATE TABLE access_credential (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('session', 'key', 'device')),
    token bytea NOT NULL UNIQUE CHECK (length(token) = 32), -- SHA-256 of 256 random bits
    account uuid REFERENCES access_account ON DELETE CASCADE, -- whose session it is
    name text NOT NULL DEFAULT '',        -- of a key or a screen; of a session what the browser says it is
    role text CHECK (role IN ('program', 'kiosk')),
    units text[] NOT NULL DEFAULT '{}',   -- that a key may ask of; none is the whole province
    scopes text[] NOT NULL DEFAULT '{}',  -- resources of a key, screens of a device; none is every one
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz,               -- in any case
    idle interval,                        -- how long it may rest
    used_at timestamptz NOT NULL,         -- to the minute
    used_from text NOT NULL DEFAULT '',   -- the address
    ended_at timestamptz,
    CHECK ((kind = 'session') = (account IS NOT NULL)),
    CHECK ((kind = 'session') = (role IS NULL)),
    CHECK (kind <> 'key' OR expires_at IS NOT NULL)
);
CREATE INDEX access_credential_living ON access_credential (kind) WHERE ended_at IS NULL;
CREATE INDEX access_credential_account ON access_credential (account) WHERE account IS NOT NULL;

-- Attempts to sign in that failed, to slow down who guesses. By name and by address, for a while.
CREATE TABLE access_attempt (
    subject text NOT NULL,                -- the name that was tried, hashed: people type their password there
    address text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX access_attempt_at ON access_attempt (at);

-- What was done. Only the function below writes it, and nothing changes it: each row holds the hash of the one before.
CREATE TABLE access_record (
    number bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    who text NOT NULL,                    -- the account, key or device
    kind text NOT NULL,                   -- account, key, device, operator, nobody
    role text NOT NULL,
    what text NOT NULL,                   -- signed_in, refused, list_opened …
    object text NOT NULL DEFAULT '',      -- list, case, key, account …
    units text[] NOT NULL DEFAULT '{}',   -- whose data; none is the province's
    rows bigint,                          -- how many were handed out
    address text NOT NULL DEFAULT '',
    previous bytea NOT NULL,
    digest bytea NOT NULL,
    forgotten boolean NOT NULL DEFAULT false -- by retention: what it said is gone, its place in the chain stays
);
CREATE INDEX access_record_at ON access_record (at);
CREATE INDEX access_record_units ON access_record USING gin (units);

CREATE FUNCTION access_digest(
    of_number bigint, of_at timestamptz, of_who text, of_kind text, of_role text, of_what text, of_object text,
    of_units text[], of_rows bigint, of_address text, of_previous bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- JSON keeps two columns apart whatever they hold; the moment in microseconds, so that no setting changes it.
    SELECT sha256(convert_to(jsonb_build_array(
        of_number, (extract(epoch FROM of_at) * 1000000)::bigint, of_who, of_kind, of_role, of_what, of_object,
        to_jsonb(of_units), of_rows, of_address, encode(of_previous, 'hex')
    )::text, 'UTF8'));
END;

-- The one way to write: as its owner, since no login of ours may insert. One at a time, so that the chain has no fork.
CREATE FUNCTION access_recorded(
    of_at timestamptz, of_who text, of_kind text, of_role text, of_what text, of_object text, of_units text[],
    of_rows bigint, of_address text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    last access_record;
    next_number bigint;
    before bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(71064004);
    SELECT * INTO last FROM access_record ORDER BY number DESC LIMIT 1;
    next_number := coalesce(last.number, 0) + 1;
    before := coalesce(last.digest, sha256(''::bytea));
    INSERT INTO access_record VALUES (
        next_number, of_at, of_who, of_kind, of_role, of_what, of_object, of_units, of_rows, of_address, before,
        access_digest(
            next_number, of_at, of_who, of_kind, of_role, of_what, of_object, of_units, of_rows, of_address, before)
    );
    RETURN next_number;
END
$$;

-- When the chain was last walked from its beginning, and what was found.
CREATE TABLE access_record_check (
    checked_at timestamptz PRIMARY KEY,
    through bigint NOT NULL,              -- the last number that was looked at
    broken bigint                         -- the first whose hash is not what it should be; none where all fit
);

-- The first row that is not what was written, or that is gone. Retention forgets from the beginning, so the first row
-- that is there is taken as it stands.
CREATE FUNCTION access_broken() RETURNS bigint LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT min(n.number) FROM (
        SELECT r.number, r.digest, r.previous, r.forgotten,
            lag(r.digest) OVER w AS before, lag(r.number) OVER w AS before_number,
            access_digest(
                r.number, r.at, r.who, r.kind, r.role, r.what, r.object, r.units, r.rows, r.address, r.previous
            ) AS right_digest
        FROM access_record r
        WINDOW w AS (ORDER BY r.number)
    ) n
    WHERE (NOT n.forgotten AND n.digest <> n.right_digest)
        OR (n.before_number IS NOT NULL AND (n.before_number <> n.number - 1 OR n.before <> n.previous));
END;

-- What an asker who is limited to units may see of a table, as its rows' security (infra/db/policies.sql): the units are
-- those of the transaction's setting, and without it there are none.
CREATE FUNCTION access_units() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(nullif(current_setting('ioc.units', true), ''), ',');

-- Views that take a table's place for who may see some units only (infra/db/policies.sql).
CREATE SCHEMA own;

-- A list that was opened belongs to those who may see as much: none is the whole province.
ALTER TABLE opening ADD COLUMN units text[] NOT NULL DEFAULT '{}';
ALTER TABLE opening ALTER COLUMN units SET DEFAULT coalesce(access_units(), '{}');

-- Whoever it is, the owner included: only retention takes out what a row said.
CREATE FUNCTION access_unchanging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.forgotten AND NOT OLD.forgotten
        AND ROW(NEW.number, NEW.at, NEW.previous, NEW.digest) = ROW(OLD.number, OLD.at, OLD.previous, OLD.digest)
        AND ROW(NEW.who, NEW.object, NEW.address, NEW.rows, NEW.units) IS NOT DISTINCT FROM ROW('', '', '', NULL::bigint, '{}'::text[])
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what is on record is not changed';
END
$$;
CREATE TRIGGER access_record_unchanging BEFORE UPDATE OR DELETE ON access_record
    FOR EACH ROW EXECUTE FUNCTION access_unchanging();
CREATE TRIGGER access_record_whole BEFORE TRUNCATE ON access_record
    FOR EACH STATEMENT EXECUTE FUNCTION access_unchanging();
