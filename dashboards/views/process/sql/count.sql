-- How many cases a number of a procedure's process counts. Parameters: procedure, unit, first, last, part, step, reason,
-- variant (see case_in_process()).
SELECT count(*)
FROM case_in_process(
    %(procedure)s, %(unit)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'),
    %(part)s, %(step)s, %(reason)s, %(variant)s
) s
