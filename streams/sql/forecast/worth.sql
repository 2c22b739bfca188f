-- What forecasts were worth since that day, in sums; of cases that are open still, as of the last day that was scored.
SELECT coalesce(sum(s.ended), 0) AS ended, coalesce(sum(s.error_us), 0) + coalesce(max(l.open_error_us), 0) AS error_us,
    coalesce(sum(s.simple_error_us), 0) + coalesce(max(l.simple_open_error_us), 0) AS simple_error_us,
    coalesce(sum(s.judged), 0) AS judged, coalesce(sum(s.brier), 0) AS brier, coalesce(sum(s.simple_brier), 0) AS simple_brier
FROM forecast_score s
LEFT JOIN (SELECT open_error_us, simple_open_error_us FROM forecast_score ORDER BY day DESC LIMIT 1) l ON true
WHERE s.day >= %(since)s;
