-- Counters of this moment of a domain, by unit, part or day of opening as asked. A period only bounds the rows by day.
-- Each counter comes once for each standing that it counts; a subject has one standing.
-- Parameters: domain, counters, standings, dues (in step), by, as_of, soon, first, last, unit, part, day.
SELECT c.counter,
    CASE WHEN %(by)s IN ('unit', 'cell') THEN s.unit ELSE '' END AS unit,
    CASE
        WHEN %(by)s IN ('part', 'cell') THEN s.part WHEN %(by)s = 'day' THEN province_day(s.opened_at)::text ELSE ''
    END AS part,
    count(*)
FROM unnest(%(counters)s::text[], %(standings)s::text[], %(dues)s::text[]) AS c (counter, standing, due)
JOIN subject_state s ON s.domain = %(domain)s AND s.standing = c.standing
    AND (
        c.due IS NULL
        OR c.due = 'past' AND s.due_at < %(as_of)s
        OR c.due = 'soon' AND s.due_at >= %(as_of)s AND s.due_at < %(soon)s
    )
WHERE (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
    AND (%(part)s::text IS NULL OR s.part = %(part)s::text)
    AND (%(day)s::date IS NULL OR province_day(s.opened_at) = %(day)s::date)
    AND (
        %(by)s <> 'day'
        OR province_day(s.opened_at) BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    )
GROUP BY 1, 2, 3
