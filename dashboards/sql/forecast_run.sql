-- The last run and whether what it says is shown. Parameters: oldest (day of a run that still says something of today).
SELECT r.day, r.made_at, r.cases, r.shape, r.at_risk, r.precision_set,
    CASE WHEN r.day < %(oldest)s THEN 'old' ELSE r.reason END AS reason,
    (r.tried ->> 'error')::double precision AS tried_error, (r.tried ->> 'over')::double precision AS tried_over
FROM forecast_run r ORDER BY r.day DESC LIMIT 1
