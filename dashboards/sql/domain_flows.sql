-- Flow counters of a domain over days, by unit and part as asked ("cell" is both). No row where nothing was counted.
-- Parameters: domain, counters, by, first, last, unit, part.
SELECT counter,
    CASE WHEN %(by)s IN ('unit', 'cell') THEN unit ELSE '' END AS unit,
    CASE WHEN %(by)s IN ('part', 'cell') THEN part WHEN %(by)s = 'day' THEN day::text ELSE '' END AS part,
    sum(amount)::bigint
FROM subject_figure
WHERE domain = %(domain)s AND counter = ANY (%(counters)s)
    AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(part)s::text IS NULL OR part = %(part)s::text)
GROUP BY 1, 2, 3
