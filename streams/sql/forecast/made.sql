-- When the forecasts of these days were made. Parameters: since, until.
SELECT day, made_at FROM forecast_run WHERE day > %(since)s AND day <= %(until)s ORDER BY day;
