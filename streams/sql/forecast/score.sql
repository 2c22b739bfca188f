-- What became of forecasts on a day.
INSERT INTO forecast_score (
    day, ended, error_us, simple_error_us, judged, late, chance, brier, simple_brier, late_cases, open_before, named_late, named,
    ahead, open_error_us, simple_open_error_us
) VALUES (
    %(day)s, %(ended)s, %(error_us)s, %(simple_error_us)s, %(judged)s, %(late)s, %(chance)s, %(brier)s, %(simple_brier)s,
    %(late_cases)s, %(open_before)s, %(named_late)s, %(named)s, %(ahead)s, %(open_error_us)s,
    %(simple_open_error_us)s
)
ON CONFLICT (day) DO NOTHING;
