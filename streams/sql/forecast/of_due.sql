-- Forecasts whose deadline passed on the day (24:00 of it counts to it), with what became of the case: whether it has missed
-- the deadline that stood in the end; NULL while that is still ahead. Parameters: after, until, now.
SELECT f.chance, f.simple_chance,
    CASE WHEN s.ended_at IS NOT NULL THEN s.ended_at > s.due_at WHEN s.due_at < %(now)s THEN true END AS late
FROM forecast_case f JOIN case_state s ON s.subject = f.subject
WHERE f.due_at > %(after)s AND f.due_at <= %(until)s AND s.voided_at IS NULL;
