-- The newest sign of life of any worker; nothing if there never was one.
SELECT max(beat_at)
FROM heartbeat
WHERE process LIKE 'worker%%';
