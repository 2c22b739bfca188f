-- Cases received and online by service, from the rollup. Parameters: first, last, number.
SELECT d.number, sum(r.accepted)::bigint AS received,
    coalesce(sum(r.accepted) FILTER (WHERE r.channel = 'online'), 0)::bigint AS online
FROM service_day(
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(number)s::integer
) d
JOIN case_by_procedure_day r ON r.procedure = d.procedure AND r.day = d.day
GROUP BY d.number
