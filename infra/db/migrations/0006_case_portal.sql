-- Cases beside the national portal: what was sent to it and what it says, chains of interlinked services, databases used.
-- New columns only, each with a constant default: no row is written again, however many there are.
ALTER TABLE case_by_unit_day
    ADD COLUMN synced bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_refused bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_rewritten bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_code_invented bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_dummy_identity bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_attachment_repeated bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_status_missing bigint NOT NULL DEFAULT 0,
    ADD COLUMN chain_steps bigint NOT NULL DEFAULT 0,
    ADD COLUMN data_used bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_procedure_day
    ADD COLUMN synced bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_refused bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_rewritten bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_code_invented bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_dummy_identity bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_attachment_repeated bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_status_missing bigint NOT NULL DEFAULT 0,
    ADD COLUMN chain_steps bigint NOT NULL DEFAULT 0,
    ADD COLUMN data_used bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_unit_procedure_month
    ADD COLUMN synced bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_refused bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_rewritten bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_code_invented bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_dummy_identity bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_attachment_repeated bigint NOT NULL DEFAULT 0,
    ADD COLUMN sync_status_missing bigint NOT NULL DEFAULT 0,
    ADD COLUMN chain_steps bigint NOT NULL DEFAULT 0,
    ADD COLUMN data_used bigint NOT NULL DEFAULT 0;

-- NULL also in every case that was folded by rules 1: no history of that time holds what these come from.
ALTER TABLE case_state
    ADD COLUMN portal_status smallint, -- the national portal's own word, or what it has taken
    ADD COLUMN portal_code text, -- the case's code there, if another
    ADD COLUMN synced_at timestamptz, -- last message to it that was not refused
    ADD COLUMN chain text, -- birth, death: the group of interlinked services
    ADD COLUMN chain_step text, -- the step that has waited longest; NULL when nothing waits
    ADD COLUMN chain_agency text, -- where it waits
    ADD COLUMN chain_since timestamptz; -- since when

-- Where each chain waits now, and since when.
CREATE VIEW case_chain AS
    SELECT subject, unit, procedure, channel, chain, chain_step, chain_agency, chain_since
    FROM case_state WHERE chain_step IS NOT NULL;
CREATE INDEX case_state_chain ON case_state (chain_since) INCLUDE (unit, chain, chain_agency, chain_step)
    WHERE chain_step IS NOT NULL;

-- Cases of which the national portal and the province say different things. Without an index: one that looks at status
-- would take every update of a state out of HOT.
CREATE VIEW case_portal_gap AS
    SELECT subject, unit, procedure, channel, status, portal_status, portal_code, synced_at, last_at
    FROM case_state
    WHERE portal_status IS NOT NULL AND portal_status IS DISTINCT FROM status;
