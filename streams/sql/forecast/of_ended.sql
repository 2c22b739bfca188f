-- Forecasts of the cases that ended on the day, made before it. Parameters: day.
SELECT r.made_at, s.ended_at, f.expected_us, f.simple_us
FROM case_state s
JOIN forecast_case f ON f.subject = s.subject AND f.day <= %(day)s
JOIN forecast_run r ON r.day = f.day AND r.made_at < s.ended_at
WHERE s.ended_at IS NOT NULL AND province_day(s.ended_at) = %(day)s AND s.voided_at IS NULL AND s.accepted_at IS NOT NULL;
