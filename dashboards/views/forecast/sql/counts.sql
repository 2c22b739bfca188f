-- How many cases a list has, by accepting unit; the list itself: forecast_cases. Parameters: at_risk (else: due by the end of
-- the next working day), oldest, as_of, after_due, until_due, unit, first and last (days of the deadline).
SELECT o.unit, count(*) AS cases
FROM case_open o
LEFT JOIN (
    SELECT c.subject, c.due_at, c.step, CASE WHEN r.days_shown THEN c.expected_at END AS expected_at,
        r.chances_shown AND c.at_risk AS at_risk, CASE WHEN r.chances_shown THEN c.chance END AS chance,
        CASE WHEN r.chances_shown THEN c.chance_61 END AS chance_61, CASE WHEN r.chances_shown THEN c.chance_766 END AS chance_766
    FROM forecast_case c JOIN forecast_run r ON r.day = c.day AND r.shown
    WHERE c.day = (SELECT max(day) FROM forecast_run) AND c.day >= %(oldest)s
) f ON f.subject = o.subject AND f.due_at = o.due_at
WHERE o.due_at > %(as_of)s AND (%(unit)s::text IS NULL OR o.unit = %(unit)s::text)
    AND (%(first)s::date IS NULL OR province_day(o.due_at) >= %(first)s::date)
    AND (%(last)s::date IS NULL OR province_day(o.due_at) <= %(last)s::date)
    AND CASE WHEN %(at_risk)s THEN coalesce(f.at_risk, false)
        ELSE o.due_at > %(after_due)s AND o.due_at <= %(until_due)s END
GROUP BY o.unit
