-- The day of the last run and why it is not shown.
SELECT day, reason, made_at FROM forecast_run ORDER BY day DESC LIMIT 1;
