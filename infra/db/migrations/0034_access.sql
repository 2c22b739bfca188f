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
    forgotten boolean NOT NULL DEFAULT false, -- by retention: what it said is gone, its place in the chain stays
    unit_rows bigint[], -- how many of the rows were of each of `units`; NULL: not told
    CHECK (unit_rows IS NULL OR cardinality(unit_rows) = cardinality(units))
);
CREATE INDEX access_record_at ON access_record (at);
CREATE INDEX access_record_who ON access_record (who, number);
CREATE INDEX access_record_what ON access_record (what, number);
CREATE INDEX access_record_kept ON access_record (at) WHERE NOT forgotten;
CREATE INDEX access_record_units ON access_record USING gin (units);

-- When the chain was last walked from its beginning, and what was found.
CREATE TABLE access_record_check (
    checked_at timestamptz PRIMARY KEY,
    through bigint NOT NULL,              -- the last number that was looked at
    broken bigint,                        -- the first whose hash is not what it should be; none where all fit
    digest bytea                          -- of the last row that was looked at: a cut tail is missed by it
);

-- What an asker who is limited to units may see of a table, as its rows' security (infra/db/policies.sql): the units are
-- those of the transaction's setting, and without it there are none.
CREATE FUNCTION access_units() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(nullif(current_setting('ioc.units', true), ''), ',');

-- Views that take a table's place for who may see some units only (infra/db/policies.sql).
CREATE SCHEMA own;

-- A list that was opened belongs to those who may see as much: none is the whole province.
ALTER TABLE opening ADD COLUMN units text[] NOT NULL DEFAULT '{}';
ALTER TABLE opening ALTER COLUMN units SET DEFAULT coalesce(access_units(), '{}');

-- The record's hash, the one way to write it, and the walk along it.

CREATE FUNCTION access_digest(
    of_number bigint, of_at timestamptz, of_who text, of_kind text, of_role text, of_what text, of_object text,
    of_units text[], of_rows bigint, of_address text, of_previous bytea, of_unit_rows bigint[]
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- JSON keeps two columns apart whatever they hold; the moment in microseconds, so that no setting changes it.
    SELECT sha256(convert_to((jsonb_build_array(
        of_number, (extract(epoch FROM of_at) * 1000000)::bigint, of_who, of_kind, of_role, of_what, of_object,
        to_jsonb(of_units), of_rows, of_address, encode(of_previous, 'hex')
    ) || CASE WHEN of_unit_rows IS NULL THEN '[]' ELSE jsonb_build_array(to_jsonb(of_unit_rows)) END)::text, 'UTF8'));
END;

-- The one way to write: as its owner, since no login of ours may insert. One at a time, so that the chain has no fork.
-- pg_temp stands last in each path below: else a caller's own temporary access_record would come first, and its triggers
-- would run as the owner.
CREATE FUNCTION access_recorded(
    of_at timestamptz, of_who text, of_kind text, of_role text, of_what text, of_object text, of_units text[],
    of_rows bigint, of_address text, of_unit_rows bigint[] DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

-- Readings are kept for a shorter time than the rest.
CREATE FUNCTION access_is_reading(of_what text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN of_what IN ('list_opened', 'list_read', 'case_read', 'exported');

-- The youngest that retention may touch, whatever a setting or a stolen login says. By the server's own clock: a moment
-- given by the caller would let him forget what he has just done.
CREATE FUNCTION access_may_forget(of_what text, of_at timestamptz) RETURNS boolean LANGUAGE sql STABLE
    RETURN of_at < now() - CASE WHEN access_is_reading(of_what) THEN interval '90 days' ELSE interval '365 days' END;

-- Walks the chain from its first row, holds it against what earlier walks remembered of its end, and remembers this one.
-- `broken` is the first number that is not what was written, or behind which something is gone.
CREATE FUNCTION access_checked(of_at timestamptz)
RETURNS access_record_check LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

-- Takes out what rows said that are older than is kept, the oldest first, and puts that on record; how many there were.
CREATE FUNCTION access_forgotten(of_at timestamptz, of_reads_before timestamptz, of_others_before timestamptz, of_most integer)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

-- Whoever it is, the owner included: only retention takes out what a row said.
CREATE FUNCTION access_unchanging() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE TRIGGER access_record_unchanging BEFORE UPDATE OR DELETE ON access_record
    FOR EACH ROW EXECUTE FUNCTION access_unchanging();
CREATE TRIGGER access_record_whole BEFORE TRUNCATE ON access_record
    FOR EACH STATEMENT EXECUTE FUNCTION access_unchanging();
CREATE TRIGGER access_record_check_unchanging BEFORE UPDATE OR DELETE ON access_record_check
    FOR EACH ROW EXECUTE FUNCTION access_unchanging();
CREATE TRIGGER access_record_check_whole BEFORE TRUNCATE ON access_record_check
    FOR EACH STATEMENT EXECUTE FUNCTION access_unchanging();
