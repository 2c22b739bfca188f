-- This process is alive and has taken the place of whichever had this name before. Where both wait, it has been waited
-- for since the one before began to: or, if that did not say so, since it was last heard of.
INSERT INTO heartbeat (process, started_at, beat_at, state, detail, waiting_since)
VALUES (%(process)s, %(started_at)s, %(beat_at)s, %(state)s, %(detail)s, %(waiting_since)s)
ON CONFLICT (process) DO UPDATE SET
    started_at = excluded.started_at, beat_at = excluded.beat_at, state = excluded.state, detail = excluded.detail,
    waiting_since = CASE WHEN excluded.waiting_since IS NOT NULL
        THEN least(excluded.waiting_since, coalesce(heartbeat.waiting_since, heartbeat.beat_at)) END;
