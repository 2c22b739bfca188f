-- Days that are not as their weekday says; a day of which half is worked is a working day. Parameters: first, last.
SELECT day, CASE WHEN kind = 'working' OR session IS NOT NULL THEN 'working' ELSE kind END AS kind
FROM ref_calendar_day WHERE replaced_by IS NULL AND day BETWEEN %(first)s AND %(last)s
