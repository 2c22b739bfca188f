-- The first rows of a list of cases that count at most once, the latest first, one more than is kept so that the reader
-- sees whether there are more. It counts and writes nothing: two passes over a year's cases take twice as long, and a
-- statement that writes has one process. Parameters: counter, as_of, first, last, unit, channel, procedure, rows.
SELECT subject, amount
FROM case_flow_single
WHERE counter = %(counter)s
    AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
ORDER BY coalesce(ended_at, %(as_of)s) - due_at DESC NULLS LAST, subject
LIMIT %(rows)s
