-- Since when a worker has waited for what is away (Kafka, room on the disk): until then every figure was known, though
-- the last record of a topic may be a week old. Empty while it waits for nothing.
ALTER TABLE heartbeat ADD COLUMN waiting_since timestamptz;
