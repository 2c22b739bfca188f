-- What became of forecasts on a day.
INSERT INTO forecast_score VALUES (
    %(day)s, %(ended)s, %(error_us)s, %(simple_error_us)s, %(judged)s, %(late)s, %(chance)s, %(brier)s, %(simple_brier)s,
    %(late_cases)s, %(open_before)s, %(named_late)s, %(named)s
)
ON CONFLICT (day) DO NOTHING;
