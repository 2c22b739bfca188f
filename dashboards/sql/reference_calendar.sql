-- The days of a span of years that are not as their weekday says. Parameters: first, last (years).
SELECT day, kind, name, swapped_with, session, confidence, note
FROM ref_calendar_day
WHERE replaced_by IS NULL AND day BETWEEN make_date(%(first)s, 1, 1) AND make_date(%(last)s, 12, 31)
ORDER BY day
