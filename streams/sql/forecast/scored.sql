-- Up to which day forecasts are scored, and the first day of which there are any.
SELECT (SELECT max(day) FROM forecast_score), (SELECT min(day) FROM forecast_case);
