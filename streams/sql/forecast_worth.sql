-- What forecasts were worth since that day, in sums.
SELECT coalesce(sum(ended), 0) AS ended, coalesce(sum(error_us), 0) AS error_us,
    coalesce(sum(simple_error_us), 0) AS simple_error_us, coalesce(sum(judged), 0) AS judged,
    coalesce(sum(brier), 0) AS brier, coalesce(sum(simple_brier), 0) AS simple_brier
FROM forecast_score WHERE day >= %(since)s;
