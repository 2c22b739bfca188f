-- When each process last said that it runs.
SELECT process, province_clock(started_at) AS started_at, province_clock(beat_at) AS beat_at, state, detail
FROM heartbeat
ORDER BY process
