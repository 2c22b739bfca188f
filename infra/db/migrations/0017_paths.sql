-- The way of each case through its steps and, of an interlinked one, through its agencies (ADR 0031).
-- New columns only, each with a constant default: no row is written again here. The sweep (ADR 0030) fills them, case by
-- case, from the histories.
ALTER TABLE case_state
    ADD COLUMN path text[] COLLATE "C", -- its steps in order; NULL: not accepted
    ADD COLUMN path_office_s integer[] NOT NULL DEFAULT '{}', -- of an ended case: working seconds of each step and of the end
    ADD COLUMN path_waited_s integer[] NOT NULL DEFAULT '{}', -- of that with the citizen, another agency, a payment
    ADD COLUMN path_since timestamptz, -- of an open case: its last step, or its acceptance
    ADD COLUMN loops integer NOT NULL DEFAULT 0, -- how often it turned back
    ADD COLUMN loop_reason text, -- why it first did: supplement, chain, repeated
    ADD COLUMN chain_stays json; -- [[step, agency, since, until, working seconds, received], …]; moments in microseconds

-- What has ended of one procedure, by day; of its cases a year is asked for at once.
CREATE INDEX case_state_procedure_ended ON case_state (procedure, province_day(ended_at)) WHERE ended_at IS NOT NULL;
CREATE INDEX case_state_chained ON case_state (chain) WHERE chain IS NOT NULL;

-- The name of a way: these steps in this order, to this end.
CREATE FUNCTION case_way(of_path text[], of_end text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(md5(array_to_string(of_path, E'\x1f') || E'\x1e' || coalesce(of_end, '')), 16);

-- Where the steps of chains were and are: one row for each stay at an agency; worked_s in working seconds, NULL with
-- until_at while it waits there.
CREATE VIEW case_chain_stay AS
    SELECT s.subject, s.unit, s.chain, stay.one ->> 0 AS step, stay.one ->> 1 AS agency,
        moment_at((stay.one ->> 2)::bigint) AS since_at, moment_at((stay.one ->> 3)::bigint) AS until_at,
        (stay.one ->> 4)::integer AS worked_s, (stay.one ->> 5)::boolean AS received
    FROM case_state s CROSS JOIN LATERAL json_array_elements(s.chain_stays) AS stay (one)
    WHERE s.chain IS NOT NULL AND s.chain_stays IS NOT NULL;

-- The cases that a number of a procedure's process counts. of_part: ended (in the period; the others but queue are of these),
-- passed and again (did a step, did it more than once), looped (turned back, of every first reason or of one), variant (went
-- one way), queue (open, behind a step, "" the acceptance, or all). Lists and counts ask it alike.
CREATE FUNCTION case_in_process(
    of_procedure text, of_unit text, of_first date, of_last date,
    of_part text, of_step text, of_reason text, of_variant text
) RETURNS TABLE (
    subject text, unit text, accepted_at timestamptz, ended_at timestamptz, end_kind text,
    path text[], path_office_s integer[], path_waited_s integer[], path_since timestamptz, loops integer, loop_reason text,
    office_us bigint, citizen_us bigint, agency_us bigint, payment_us bigint
) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.subject, s.unit, s.accepted_at, s.ended_at, s.end_kind,
        s.path, s.path_office_s, s.path_waited_s, s.path_since, s.loops, s.loop_reason,
        s.office_us, s.citizen_us, s.agency_us, s.payment_us
    FROM case_state s
    WHERE s.procedure = of_procedure AND s.path IS NOT NULL AND (of_unit IS NULL OR s.unit = of_unit)
        AND CASE WHEN of_part = 'queue'
            THEN s.accepted_at IS NOT NULL AND s.ended_at IS NULL AND s.voided_at IS NULL
                AND (of_step IS NULL OR coalesce(s.path[cardinality(s.path)], '') = of_step)
            ELSE s.ended_at IS NOT NULL AND province_day(s.ended_at) BETWEEN of_first AND of_last
                AND CASE of_part
                    WHEN 'passed' THEN of_step = ANY (s.path)
                    WHEN 'again' THEN cardinality(array_positions(s.path, of_step)) > 1
                    WHEN 'looped' THEN s.loops > 0 AND (of_reason IS NULL OR s.loop_reason = of_reason)
                    WHEN 'variant' THEN case_way(s.path, s.end_kind) = of_variant
                    ELSE true
                END
            END;
END;

-- The stays that a number of a hand-over counts. of_part: waiting (now), not_received (of these, sent and not yet taken),
-- through (left it in the period). NULL does not narrow.
CREATE FUNCTION case_at_handover(
    of_chain text, of_step text, of_agency text, of_unit text, of_part text, of_first date, of_last date
) RETURNS SETOF case_chain_stay LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.*
    FROM case_chain_stay s
    WHERE (of_chain IS NULL OR s.chain = of_chain) AND (of_unit IS NULL OR s.unit = of_unit)
        AND (of_step IS NULL OR s.step = of_step) AND (of_agency IS NULL OR s.agency = of_agency)
        AND CASE of_part
            WHEN 'waiting' THEN s.until_at IS NULL
            WHEN 'not_received' THEN s.until_at IS NULL AND NOT s.received
            ELSE province_day(s.until_at) BETWEEN of_first AND of_last
        END;
END;
