-- This process is alive and has taken the place of whichever had this name before.
INSERT INTO heartbeat (process, started_at, beat_at, state, detail)
VALUES (%(process)s, %(started_at)s, %(beat_at)s, %(state)s, %(detail)s)
ON CONFLICT (process) DO UPDATE SET
    started_at = excluded.started_at, beat_at = excluded.beat_at, state = excluded.state, detail = excluded.detail;
