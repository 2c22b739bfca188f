-- A page of the cases that a number of a procedure's process counts, in the order of their codes. Parameters: procedure,
-- unit, first, last, part, step, reason, variant (see case_in_process()), after, limit, offset.
SELECT s.subject, s.unit, s.accepted_at, s.ended_at, s.end_kind, cardinality(s.path) AS steps,
    s.path[cardinality(s.path)] AS last_step, s.path_since AS since,
    s.office_us / 1000000 AS office_s, (s.citizen_us + s.agency_us + s.payment_us) / 1000000 AS waited_s,
    s.loops, s.loop_reason
FROM case_in_process(
    %(procedure)s, %(unit)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'),
    %(part)s, %(step)s, %(reason)s, %(variant)s
) s
WHERE s.subject COLLATE "C" > %(after)s
ORDER BY s.subject COLLATE "C"
LIMIT %(limit)s OFFSET %(offset)s
