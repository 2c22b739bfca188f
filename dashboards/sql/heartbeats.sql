-- When each process last said that it runs.
SELECT process, started_at, beat_at, state, detail FROM heartbeat ORDER BY process
