-- Names resolved before counting (ADR 0043): states remember by which names they were told, so that a corrected reference
-- or alias finds just what it touches.

-- Of a name that means something else: the forms in which names are compared. NULL: not a change of names.
ALTER TABLE rules_change ADD COLUMN names text[];
ALTER TABLE case_state ADD COLUMN names text[] NOT NULL DEFAULT '{}'; -- of units and procedures, as they are compared

-- Whether something that the case was judged by has changed since that edition: on a day that was asked for it, of its
-- procedure, and of a name that it was told with. False of what is not judged at all (voided, oversized).
DROP FUNCTION cases_under_old_rules(integer);
DROP FUNCTION judged_before(bigint, date, date, text);
CREATE FUNCTION judged_before(of_edition bigint, of_from date, of_to date, of_procedure text, of_names text[]) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN EXISTS (
        SELECT FROM rules_change c
        WHERE c.load_id > of_edition AND c.first_day <= of_to AND c.last_day >= of_from
            AND (c.procedures IS NULL OR normalize(of_procedure, NFC) = ANY (c.procedures))
            AND (c.names IS NULL OR c.names && of_names)
    );

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
        AND judged_before(s.rules_edition, s.judged_from, s.judged_to, s.procedure, s.names);
END;

-- The same of every other domain, which only names concern. names NULL: of an older release, which resolved none.
ALTER TABLE subject_state
    ADD COLUMN names text[],
    ADD COLUMN rules_edition bigint NOT NULL DEFAULT 0;
CREATE INDEX subject_state_unnamed ON subject_state (domain, subject) WHERE names IS NULL;

CREATE FUNCTION named_before(of_edition bigint, of_names text[]) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN of_names IS NULL
        OR EXISTS (SELECT FROM rules_change c WHERE c.load_id > of_edition AND c.names && of_names);

CREATE FUNCTION subjects_under_old_names() RETURNS TABLE (domain text, subject text) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.domain, s.subject FROM subject_state s WHERE s.names IS NULL
    UNION ALL
    SELECT s.domain, s.subject
    FROM subject_state s
    WHERE s.names IS NOT NULL
        AND s.rules_edition < (SELECT max(c.load_id) FROM rules_change c)
        AND (SELECT max(c.load_id) FROM rules_change c) > (SELECT w.edition FROM rules_swept w)
        AND named_before(s.rules_edition, s.names);
END;

-- Look-ups have no state that could remember a name. Every unit as look-ups write it stands here once, with the key that
-- it is counted under, day by day: keys[1] before days[1], keys[2] from then on and before days[2], …. It is written with
-- the first look-up that has the name, and changed by the sweep, which moves the sums in the same transaction.
CREATE TABLE lookup_unit (
    written text COLLATE "C" PRIMARY KEY,
    days integer[] NOT NULL, -- since 1970-01-01
    keys text[] COLLATE "C" NOT NULL
);
INSERT INTO lookup_unit (written, days, keys) SELECT unit, '{}', ARRAY[unit] FROM lookup_by_unit_hour GROUP BY unit;

ALTER VIEW lookup_standing RENAME TO lookup_said;
-- The look-ups that stand, with units by their keys. Every figure of look-ups is a count of these rows.
CREATE VIEW lookup_standing AS
SELECT s.subject, s.source, s.id, s.day, s.time,
    coalesce(u.keys[width_bucket(s.day - date '1970-01-01', u.days) + 1], s.unit) COLLATE "C" AS unit,
    s.application, s.purpose, s.case_code, s.channel, s.person, s.fields, s.result, s.latency_ms, s.client
FROM lookup_said s LEFT JOIN lookup_unit u ON u.written = s.unit;

-- Which keys the figures hold, by day: of cases as before, and of every other domain.
CREATE OR REPLACE VIEW reference_use AS
    SELECT 'unit' AS kind, unit AS key, day,
        submitted + accepted + refused + steps + supplements + supplements_received + extensions + suspensions
            + resumptions + stopped + withdrawn + finished + returned + paid + digitised + rated + voided AS amount
    FROM case_by_unit_day
    UNION ALL
    SELECT 'procedure', procedure, day,
        submitted + accepted + refused + steps + supplements + supplements_received + extensions + suspensions
            + resumptions + stopped + withdrawn + finished + returned + paid + digitised + rated + voided
    FROM case_by_procedure_day
    UNION ALL
    SELECT 'unit', unit, day, max(subjects) FROM subject_figure WHERE unit <> '' GROUP BY domain, part, unit, day
    UNION ALL
    SELECT 'unit', unit, day, lookups FROM lookup_by_account_day WHERE unit <> '';
