-- The histories of those of these cases that have one.
SELECT subject, events FROM case_history
WHERE subject = ANY (%(subjects)s::text[]) AND NOT oversized AND events <> '[]';
