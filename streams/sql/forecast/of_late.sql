-- Cases whose deadline passed on the day: whether they missed it, and whether they were named on that earlier day (NULL: no
-- forecast of it then). Parameters: before, after, until.
SELECT s.ended_at IS NULL OR s.ended_at > s.due_at AS late, f.at_risk AS named
FROM case_state s LEFT JOIN forecast_case f ON f.subject = s.subject AND f.day = %(before)s
WHERE s.due_at > %(after)s AND s.due_at <= %(until)s AND s.accepted_at IS NOT NULL AND s.voided_at IS NULL;
