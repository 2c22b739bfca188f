-- The record of what was done: how many rows of each unit a reading handed out, a walk along the chain that knows its
-- beginning and its end, and what retention may take out.

ALTER TABLE access_record ADD COLUMN unit_rows bigint[]; -- how many of the rows were of each of `units`; NULL: not told
ALTER TABLE access_record ADD CHECK (unit_rows IS NULL OR cardinality(unit_rows) = cardinality(units));
CREATE INDEX access_record_who ON access_record (who, number);
CREATE INDEX access_record_what ON access_record (what, number);
CREATE INDEX access_record_kept ON access_record (at) WHERE NOT forgotten;

ALTER TABLE access_record_check ADD COLUMN digest bytea; -- of the last row that was looked at: a cut tail is missed by it

DROP FUNCTION access_broken;
DROP FUNCTION access_recorded;
DROP FUNCTION access_digest;

CREATE FUNCTION access_digest(
    of_number bigint, of_at timestamptz, of_who text, of_kind text, of_role text, of_what text, of_object text,
    of_units text[], of_rows bigint, of_address text, of_previous bytea, of_unit_rows bigint[]
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- JSON keeps two columns apart whatever they hold; the moment in microseconds, so that no setting changes it. Rows
    -- from before unit_rows was there keep their hash.
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
CREATE OR REPLACE FUNCTION access_unchanging() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE TRIGGER access_record_check_unchanging BEFORE UPDATE OR DELETE ON access_record_check
    FOR EACH ROW EXECUTE FUNCTION access_unchanging();
CREATE TRIGGER access_record_check_whole BEFORE TRUNCATE ON access_record_check
    FOR EACH STATEMENT EXECUTE FUNCTION access_unchanging();
