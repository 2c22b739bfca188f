-- What moved a case's deadlines, which readings of the law would judge it otherwise (docs/rules.md), and requests for
-- supplements that came too late (19(4)). New columns only; the sweep (ADR 0030) fills them.
ALTER TABLE case_by_unit_day ADD COLUMN late_requests bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_procedure_day ADD COLUMN late_requests bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_unit_procedure_month ADD COLUMN late_requests bigint NOT NULL DEFAULT 0;
ALTER TABLE case_state
    ADD COLUMN deadline_moves json, -- [why, moment, due_61, due_766] each, microseconds; NULL: an appointment nothing moved
    ADD COLUMN readings text[] NOT NULL DEFAULT '{}'; -- those that, taken the other way, would judge it otherwise
-- Few cases meet one; how many do is counted for a page.
CREATE INDEX case_state_readings ON case_state (subject) WHERE readings <> '{}';
