-- The days that are not as their weekday says.
SELECT day, kind, name, swapped_with, session, confidence, note FROM ref_calendar_day WHERE replaced_by IS NULL;
