-- What cases come to by the rules (docs/rules.md): both readings of the deadline, whose time it was, what broke a rule.
-- New columns only, each with a constant default: no row is written again here. The sweep (ADR 0030) fills them, case by
-- case, from the histories.
ALTER TABLE case_by_unit_day
    ADD COLUMN on_time_61 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_61 bigint NOT NULL DEFAULT 0,
    ADD COLUMN on_time_766 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_766 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_real bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_waiting bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_sync bigint NOT NULL DEFAULT 0,
    ADD COLUMN repeated_supplements bigint NOT NULL DEFAULT 0,
    ADD COLUMN second_extensions bigint NOT NULL DEFAULT 0,
    ADD COLUMN extensions_without_letter bigint NOT NULL DEFAULT 0,
    ADD COLUMN refused_without_reason bigint NOT NULL DEFAULT 0,
    ADD COLUMN accepted_late bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_procedure_day
    ADD COLUMN on_time_61 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_61 bigint NOT NULL DEFAULT 0,
    ADD COLUMN on_time_766 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_766 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_real bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_waiting bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_sync bigint NOT NULL DEFAULT 0,
    ADD COLUMN repeated_supplements bigint NOT NULL DEFAULT 0,
    ADD COLUMN second_extensions bigint NOT NULL DEFAULT 0,
    ADD COLUMN extensions_without_letter bigint NOT NULL DEFAULT 0,
    ADD COLUMN refused_without_reason bigint NOT NULL DEFAULT 0,
    ADD COLUMN accepted_late bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_unit_procedure_month
    ADD COLUMN on_time_61 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_61 bigint NOT NULL DEFAULT 0,
    ADD COLUMN on_time_766 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_766 bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_real bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_waiting bigint NOT NULL DEFAULT 0,
    ADD COLUMN late_sync bigint NOT NULL DEFAULT 0,
    ADD COLUMN repeated_supplements bigint NOT NULL DEFAULT 0,
    ADD COLUMN second_extensions bigint NOT NULL DEFAULT 0,
    ADD COLUMN extensions_without_letter bigint NOT NULL DEFAULT 0,
    ADD COLUMN refused_without_reason bigint NOT NULL DEFAULT 0,
    ADD COLUMN accepted_late bigint NOT NULL DEFAULT 0;

ALTER TABLE case_state
    ADD COLUMN due_61 timestamptz, -- the deadline as Nghị định 61/2018 reads it
    ADD COLUMN due_766 timestamptz, -- and as Quyết định 766 is counted
    ADD COLUMN ended_766 timestamptz, -- the end by that counting; one open request for supplements is one
    ADD COLUMN late_766 boolean, -- of an ended case; before the end only true, where nothing can mend it any more
    ADD COLUMN supplement_requests integer NOT NULL DEFAULT 0,
    ADD COLUMN office_us bigint NOT NULL DEFAULT 0, -- working time in microseconds up to the end, or to waits_since
    ADD COLUMN citizen_us bigint NOT NULL DEFAULT 0,
    ADD COLUMN agency_us bigint NOT NULL DEFAULT 0,
    ADD COLUMN payment_us bigint NOT NULL DEFAULT 0,
    ADD COLUMN waits_for text, -- office, citizen, agency, payment; NULL: not accepted, or ended
    ADD COLUMN waits_since timestamptz,
    ADD COLUMN late_cause text, -- of a case finished after its appointment: real (the office), waiting
    ADD COLUMN portal_learned_at timestamptz, -- when the national portal learned that it has ended
    ADD COLUMN judged_from date, -- no calendar day, hour or rule of another day was asked for it
    ADD COLUMN judged_to date,
    ADD COLUMN rules_edition bigint NOT NULL DEFAULT 0; -- the last rules_change.load_id that it was judged by

-- As case_state_last: nearly in the order of time, and an update of it stays HOT.
CREATE INDEX case_state_judged ON case_state USING brin (judged_from, judged_to) WITH (pages_per_range = 16, autosummarize = on);
-- With what the other readings need, as what is open is counted by all of them at once.
DROP INDEX case_state_open;
CREATE INDEX case_state_open ON case_state (due_at)
    INCLUDE (unit, channel, procedure, accepted_at, due_61, due_766, ended_766, late_766)
    WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;
CREATE INDEX case_state_ended_766 ON case_state (province_day(ended_766)) WHERE ended_766 IS NOT NULL;
CREATE INDEX case_state_portal_learned ON case_state (province_day(portal_learned_at)) WHERE portal_learned_at IS NOT NULL;

CREATE OR REPLACE VIEW case_flow_single AS
    SELECT subject, 'submitted' AS counter, unit, procedure, channel, province_day(submitted_at) AS day, 1::bigint AS amount,
        due_at, ended_at, last_at
    FROM case_state WHERE submitted_at IS NOT NULL
    UNION ALL
    SELECT subject, 'accepted', unit, procedure, channel, province_day(accepted_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE accepted_at IS NOT NULL
    UNION ALL
    SELECT subject, 'finished', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned')
    UNION ALL
    SELECT subject, 'on_time', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_at
    UNION ALL
    SELECT subject, 'late', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at > due_at
    UNION ALL
    SELECT subject, 'refused', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'refused'
    UNION ALL
    SELECT subject, 'stopped', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'stopped'
    UNION ALL
    SELECT subject, 'withdrawn', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'withdrawn'
    UNION ALL
    SELECT subject, 'returned', unit, procedure, channel, province_day(returned_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE returned_at IS NOT NULL
    UNION ALL
    SELECT subject, 'voided', unit, procedure, channel, province_day(voided_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE voided_at IS NOT NULL
    UNION ALL
    SELECT subject, 'oversized', unit, procedure, channel, date '2010-01-01', 1, due_at, ended_at, last_at
    FROM case_state WHERE oversized
    UNION ALL
    SELECT subject, 'on_time_61', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_61
    UNION ALL
    SELECT subject, 'late_61', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at > due_61
    UNION ALL
    SELECT subject, 'on_time_766', unit, procedure, channel, province_day(ended_766), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_766 IS NOT NULL AND NOT late_766
    UNION ALL
    SELECT subject, 'late_766', unit, procedure, channel, province_day(ended_766), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_766 IS NOT NULL AND late_766
    UNION ALL
    SELECT subject, 'late_real', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND late_cause = 'real'
    UNION ALL
    SELECT subject, 'late_waiting', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND late_cause = 'waiting'
    UNION ALL
    SELECT subject, 'late_sync', unit, procedure, channel, province_day(portal_learned_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE portal_learned_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_at
        AND portal_learned_at > due_at;

-- Open cases with what each reading needs to say whether they are overdue.
CREATE OR REPLACE VIEW case_open AS
    SELECT subject, unit, procedure, channel, accepted_at, due_at, last_unit, last_at,
        due_61, due_766, ended_766, late_766, supplement_requests, waits_for, waits_since
    FROM case_state
    WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;

-- Whether something that the case was judged by has changed since that edition: on a day that was asked for it, and of
-- its procedure. False of what is not judged at all (voided, oversized).
CREATE FUNCTION judged_before(of_edition bigint, of_from date, of_to date, of_procedure text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN EXISTS (
        SELECT FROM rules_change c
        WHERE c.load_id > of_edition AND c.first_day <= of_to AND c.last_day >= of_from
            AND (c.procedures IS NULL OR normalize(of_procedure, NFC) = ANY (c.procedures))
    );

-- Up to which edition every case is known to stand under the present rules: a case has been looked for, and none was left.
CREATE TABLE rules_swept (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    edition bigint NOT NULL,
    swept_at timestamptz
);
INSERT INTO rules_swept (edition) VALUES (0);

-- Cases that stand under older rules: of an older release, or judged by reference data that has changed since.
CREATE FUNCTION cases_under_old_rules(of_version integer) RETURNS TABLE (subject text) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.subject FROM case_state s WHERE s.rules_version < of_version
    UNION ALL
    SELECT s.subject
    FROM case_state s
    WHERE s.rules_version + 0 >= of_version -- all rows are: no reason to ask that index instead of the days'
        AND s.rules_edition < (SELECT max(c.load_id) FROM rules_change c)
        AND (SELECT max(c.load_id) FROM rules_change c) > (SELECT w.edition FROM rules_swept w)
        AND s.judged_from <= (
            SELECT max(c.last_day) FROM rules_change c WHERE c.load_id > (SELECT w.edition FROM rules_swept w)
        )
        AND s.judged_to >= (
            SELECT min(c.first_day) FROM rules_change c WHERE c.load_id > (SELECT w.edition FROM rules_swept w)
        )
        AND judged_before(s.rules_edition, s.judged_from, s.judged_to, s.procedure);
END;
