-- Level counters of a domain: of each unit and part the last day up to one, then summed by unit and part as asked.
-- Parameters: domain, counters, by, last, unit, part.
SELECT counter,
    CASE WHEN %(by)s IN ('unit', 'cell') THEN unit ELSE '' END AS unit,
    CASE WHEN %(by)s IN ('part', 'cell') THEN part ELSE '' END AS part,
    sum(amount)::bigint
FROM (
    SELECT DISTINCT ON (counter, unit, part) counter, unit, part, amount
    FROM subject_figure
    WHERE domain = %(domain)s AND counter = ANY (%(counters)s) AND day <= coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(part)s::text IS NULL OR part = %(part)s::text)
    ORDER BY counter DESC, unit DESC, part DESC, day DESC -- the key backwards
) AS latest
GROUP BY 1, 2, 3
