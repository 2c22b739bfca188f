-- A page of a list (forecast_counts). Parameters: those, and by_code, after, limit, offset.
SELECT o.subject, o.unit, o.procedure, o.last_unit, o.due_at, f.step, f.chance::double precision AS chance,
    f.chance_61::double precision AS chance_61, f.chance_766::double precision AS chance_766, f.expected_at
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
    AND o.subject COLLATE "C" > %(after)s
ORDER BY CASE WHEN NOT %(by_code)s THEN o.due_at END, CASE WHEN NOT %(by_code)s THEN -f.chance END, o.subject COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
