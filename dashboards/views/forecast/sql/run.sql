-- The last run and whether what it says is shown. Parameters: oldest (day of a run that still says something of today).
SELECT r.day, r.made_at, r.cases, r.shape, r.at_risk, r.precision_set, r.base,
    r.shown AND r.chances_shown AS chances_shown, r.shown AND r.days_shown AS days_shown,
    CASE WHEN r.day < %(oldest)s THEN 'old' ELSE r.reason END AS reason,
    (r.tried ->> 'error')::double precision AS tried_error, (r.tried ->> 'over')::double precision AS tried_over,
    (r.tried -> 'ahead' ->> 'named')::bigint AS tried_named, (r.tried -> 'ahead' ->> 'late')::bigint AS tried_late,
    (r.tried -> 'ahead' ->> 'both')::bigint AS tried_named_late, (r.tried -> 'ahead' ->> 'all')::bigint AS tried_ahead
FROM forecast_run r ORDER BY r.day DESC LIMIT 1
