-- A page of the cases that a number of a hand-over counts, in the order of their codes; each with its stay there, of several
-- the last. Parameters: chain, step, agency, unit, part, first, last (see case_at_handover()), after, limit, offset.
SELECT DISTINCT ON (s.subject COLLATE "C")
    s.subject, s.unit, s.chain, s.step, s.agency, s.since_at, s.until_at, s.worked_s, s.received
FROM case_at_handover(
    %(chain)s, %(step)s, %(agency)s, %(unit)s, %(part)s,
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity')
) s
WHERE s.subject COLLATE "C" > %(after)s
ORDER BY s.subject COLLATE "C", s.since_at DESC, s.step COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
