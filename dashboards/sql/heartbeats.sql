-- When each process last said that it runs, and since when it waits.
SELECT process, province_clock(started_at) AS started_at, province_clock(beat_at) AS beat_at, state, detail,
    province_clock(waiting_since) AS waiting_since
FROM heartbeat
ORDER BY process
