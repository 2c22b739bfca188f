-- Events that their source had no right to say (streams.folds.belonging): derived from histories, so in any order of arrival
-- the same rows. They change nothing; they are counted and listed with the records that were rejected.
CREATE TABLE event_outside (
    domain text COLLATE "C" NOT NULL,  -- 'case', or a domain's name
    subject text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    digest bytea NOT NULL,
    kind text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,  -- whose the subject is; '' where that is nobody's
    topic text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (domain, subject, source, id, digest)
);
CREATE INDEX event_outside_received ON event_outside (received_at);

-- What was not taken, whatever was wrong with it. An event outside has no dead letter: its number is 0.
CREATE VIEW record_refused AS
SELECT d.id, d.topic, d.source, d.received_at, d.field, d.rule FROM dead_letter d
UNION ALL
SELECT 0, o.topic, o.source, o.received_at, 'subject', 'not_yours' FROM event_outside o;
