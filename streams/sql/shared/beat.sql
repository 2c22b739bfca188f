-- This process is alive. No row: another has taken its place.
UPDATE heartbeat SET beat_at = %(beat_at)s, state = %(state)s, detail = %(detail)s,
    waiting_since = %(waiting_since)s
WHERE process = %(process)s AND started_at = %(started_at)s;
