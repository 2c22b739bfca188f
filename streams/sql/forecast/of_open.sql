-- Forecasts of these days of cases that had not ended at that moment: by how much longer than was expected they have lain, in sums,
-- the baseline's beside it. Parameters: days, took (working time from the making of each to that moment), at.
SELECT coalesce(sum(greatest(t.took - f.expected_us, 0)), 0)::double precision AS error_us,
    coalesce(sum(greatest(t.took - f.simple_us, 0)), 0)::double precision AS simple_error_us
FROM unnest(%(days)s::date[], %(took)s::bigint[]) AS t (day, took)
JOIN forecast_case f ON f.day = t.day
JOIN case_state s ON s.subject = f.subject
WHERE (s.ended_at IS NULL OR s.ended_at >= %(at)s) AND s.accepted_at IS NOT NULL AND s.voided_at IS NULL;
