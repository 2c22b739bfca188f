-- The list of a number of a service: its cases. Parameters: counter (what they count as), as_of, first, last, number, unit.
SELECT c.subject, 1::bigint AS amount, coalesce(s.ended_at, %(as_of)s) - s.due_at AS lateness
FROM service_case(
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(number)s::integer, %(unit)s::text
) c
JOIN case_state s ON s.subject = c.subject
WHERE %(counter)s::text = ANY (c.counts_as)
