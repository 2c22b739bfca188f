-- What became of forecasts since that day; of cases that are open still, as of the last day that was scored. Beside the list stands
-- the share late of all that had a forecast 2 working days before (base), counted on the same days as they.
SELECT (sum(s.error_us) + coalesce(max(l.open_error_us), 0))
        / nullif(sum(s.simple_error_us) + coalesce(max(l.simple_open_error_us), 0), 0) AS error,
    100 * (sum(s.chance) - sum(s.late)) / nullif(sum(s.judged), 0) AS over,
    coalesce(sum(s.judged), 0)::bigint AS judged, coalesce(sum(s.late_cases), 0)::bigint AS late_cases,
    coalesce(sum(s.named_late), 0)::bigint AS named_late, coalesce(sum(s.named), 0)::bigint AS named,
    coalesce(sum(s.ahead), 0)::bigint AS ahead, coalesce(sum(s.open_before) FILTER (WHERE s.ahead IS NOT NULL), 0)::bigint AS late_ahead
FROM forecast_score s
LEFT JOIN (SELECT open_error_us, simple_open_error_us FROM forecast_score ORDER BY day DESC LIMIT 1) l ON true
WHERE s.day >= %(since)s
