-- The way of each case through its steps and, of an interlinked one, through its agencies (ADR 0031).
-- New columns only, each with a constant default: no row is written again here. The sweep (ADR 0030) fills them, case by
-- case, from the histories.
ALTER TABLE case_state
    ADD COLUMN path text[] COLLATE "C", -- its steps in order; NULL: not accepted
    ADD COLUMN path_office_s integer[] NOT NULL DEFAULT '{}', -- working seconds of each step, and of the end where it has ended
    ADD COLUMN path_waited_s integer[] NOT NULL DEFAULT '{}', -- of that with the citizen, another agency, a payment
    ADD COLUMN path_since timestamptz, -- of an open case: its last step, or its acceptance
    ADD COLUMN loops integer NOT NULL DEFAULT 0, -- how often it turned back
    ADD COLUMN loop_reason text, -- why it first did: supplement, chain, repeated
    ADD COLUMN chain_stays json; -- [[step, agency, since, until, working seconds, received], …]; moments in microseconds

-- What has ended of one procedure, by day; of its cases a year is asked for at once.
CREATE INDEX case_state_procedure_ended ON case_state (procedure, province_day(ended_at)) WHERE ended_at IS NOT NULL;
CREATE INDEX case_state_chained ON case_state (chain) WHERE chain IS NOT NULL;
