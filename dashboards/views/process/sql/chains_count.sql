-- How many cases a number of a hand-over counts. Parameters: chain, step, agency, unit, part, first, last (see
-- case_at_handover()).
SELECT count(DISTINCT s.subject)
FROM case_at_handover(
    %(chain)s, %(step)s, %(agency)s, %(unit)s, %(part)s,
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity')
) s
