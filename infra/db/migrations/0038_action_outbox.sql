-- What screens, data API and our own processes have to say on ioc.actions: written here in one transaction with its
-- record, sent to Kafka by the relay (streams.relay), and known as state once the stream has folded it. A command stands
-- here until it is state: until then screens say "đang gửi".

CREATE TABLE action_outbox (
    id uuid PRIMARY KEY,                  -- the command's, and the id of its event: sent twice is once
    number bigint GENERATED ALWAYS AS IDENTITY, -- the order in which they are sent
    domain text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    unit text NOT NULL,                   -- whose it is, as the order names it; '' is the province's
    after integer,                        -- on how many moves of the subject it was made; NULL: it moves nothing
    time timestamptz NOT NULL,            -- the event's own
    event text NOT NULL,                  -- the CloudEvent, as Kafka gets it
    asked bytea NOT NULL,                 -- SHA-256 of what was asked for: the same command again asks for the same
    by_name text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz                   -- Kafka has it on its disk
);
CREATE UNIQUE INDEX action_outbox_unsent ON action_outbox (number) WHERE sent_at IS NULL;
CREATE INDEX action_outbox_subject ON action_outbox (domain, subject, number);
CREATE INDEX action_outbox_sent ON action_outbox (sent_at) WHERE sent_at IS NOT NULL;

-- Takes one command. The answer's outcome: `written`; `again` (the same command was taken before); `other` (a command of
-- this id asks for something else); `overtaken` (somebody moved the subject first: by_name, kind, at); `ahead` (there
-- are not so many moves). Who comes second on one subject waits for the first.
CREATE FUNCTION action_written(
    of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamptz,
    of_event text, of_asked bytea, of_by_name text
) RETURNS TABLE (outcome text, by_name text, kind text, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    held action_outbox;
    moves integer;
    first record;
BEGIN
    PERFORM pg_advisory_xact_lock(71064041, hashtext(of_domain || '/' || of_subject));
    SELECT * INTO held FROM action_outbox o WHERE o.id = of_id;
    IF FOUND THEN
        RETURN QUERY SELECT
            CASE WHEN held.asked = of_asked THEN 'again' ELSE 'other' END, held.by_name, held.kind, held.time;
        RETURN;
    END IF;
    IF of_after IS NOT NULL THEN
        -- What is folded, and what is on its way. In one statement, so that nothing is both or neither.
        SELECT greatest(
            coalesce((
                SELECT (s.detail ->> 'revision')::integer FROM subject_state s
                WHERE s.domain = of_domain AND s.subject = of_subject
            ), 0),
            coalesce((
                SELECT max(o.after) + 1 FROM action_outbox o
                WHERE o.domain = of_domain AND o.subject = of_subject AND NOT EXISTS (
                    SELECT FROM subject_event e
                    WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
                )
            ), 0)
        ) INTO moves;
        IF moves > of_after THEN
            SELECT o.by_name, o.kind, o.time INTO first FROM action_outbox o
            WHERE o.domain = of_domain AND o.subject = of_subject AND o.after = of_after ORDER BY o.number LIMIT 1;
            IF NOT FOUND THEN
                SELECT s.detail ->> 'moved_by' AS by_name, s.standing AS kind, s.last_at AS time INTO first
                FROM subject_state s WHERE s.domain = of_domain AND s.subject = of_subject;
            END IF;
            RETURN QUERY SELECT 'overtaken'::text, first.by_name::text, first.kind::text, first.time::timestamptz;
            RETURN;
        ELSIF moves < of_after THEN
            RETURN QUERY SELECT 'ahead'::text, NULL::text, NULL::text, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;
    INSERT INTO action_outbox (id, domain, subject, kind, unit, after, time, event, asked, by_name)
    VALUES (of_id, of_domain, of_subject, of_kind, of_unit, of_after, of_time, of_event, of_asked, of_by_name);
    RETURN QUERY SELECT 'written'::text, NULL::text, NULL::text, NULL::timestamptz;
END
$$;

-- The same with its record: both or neither. Nothing is recorded of what was not taken.
CREATE FUNCTION action_ordered(
    of_id uuid, of_domain text, of_subject text, of_kind text, of_unit text, of_after integer, of_time timestamptz,
    of_event text, of_asked bytea, of_by_name text,
    of_at timestamptz, of_who text, of_who_kind text, of_role text, of_what text, of_object text, of_units text[],
    of_address text
) RETURNS TABLE (outcome text, by_name text, kind text, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    answer record;
BEGIN
    SELECT * INTO answer FROM action_written(
        of_id, of_domain, of_subject, of_kind, of_unit, of_after, of_time, of_event, of_asked, of_by_name
    );
    IF answer.outcome = 'written' THEN
        PERFORM access_recorded(of_at, of_who, of_who_kind, of_role, of_what, of_object, of_units, NULL, of_address);
    END IF;
    RETURN QUERY SELECT answer.outcome::text, answer.by_name::text, answer.kind::text, answer.at::timestamptz;
END
$$;
