-- The list of a number of look-ups: the accounts' days that it counts and how much each adds. Parameters: counter,
-- first, last, unit, part.
SELECT subject, amount, NULL::interval AS lateness
FROM lookup_counted(%(counter)s::text, %(first)s::date, %(last)s::date, %(unit)s::text, %(part)s::text)
WHERE amount > 0
