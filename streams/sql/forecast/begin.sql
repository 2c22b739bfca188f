-- The day's run; one that was made before is replaced.
WITH gone AS (DELETE FROM forecast_case WHERE day = %(day)s)
INSERT INTO forecast_run
    (day, made_at, cases, mornings, shape, at_risk, precision_set, shown, reason, tried, chances_shown, days_shown, base)
VALUES (%(day)s, %(made_at)s, %(cases)s, %(mornings)s, %(shape)s, %(at_risk)s, %(precision)s, %(shown)s, %(reason)s, %(tried)s,
    %(chances_shown)s, %(days_shown)s, %(base)s)
ON CONFLICT (day) DO UPDATE SET made_at = excluded.made_at, cases = excluded.cases, mornings = excluded.mornings,
    shape = excluded.shape, at_risk = excluded.at_risk, precision_set = excluded.precision_set, shown = excluded.shown,
    reason = excluded.reason, tried = excluded.tried, chances_shown = excluded.chances_shown,
    days_shown = excluded.days_shown, base = excluded.base;
