-- Cases received and online by service, from the rollup. Parameters: first, last, number.
SELECT k.number, sum(r.accepted)::bigint AS received,
    coalesce(sum(r.accepted) FILTER (WHERE r.channel = 'online'), 0)::bigint AS online
FROM service_key(
    coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(number)s::integer
) k
JOIN case_by_procedure_day r ON r.procedure = k.procedure AND r.day BETWEEN k.first_day AND k.last_day
WHERE r.accepted > 0
GROUP BY k.number
