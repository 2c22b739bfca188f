-- What became of forecasts since that day.
SELECT sum(error_us) / nullif(sum(simple_error_us), 0) AS error,
    100 * (sum(chance) - sum(late)) / nullif(sum(judged), 0) AS over,
    coalesce(sum(judged), 0)::bigint AS judged, coalesce(sum(late_cases), 0)::bigint AS late_cases,
    coalesce(sum(named_late), 0)::bigint AS named_late, coalesce(sum(named), 0)::bigint AS named
FROM forecast_score WHERE day >= %(since)s
