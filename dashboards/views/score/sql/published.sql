-- What the national portal has published of each component and unit: of this very period, else the latest of a period
-- that had begun by its end. Of a unit that ended before the period nothing; of one that ended within it what was
-- published before, with its last day (until). Parameters: components, kind (month, quarter, year), first,
-- last, unit.
SELECT DISTINCT ON (f.unit, e.day, component)
    f.unit, e.day - 1 AS until, split_part(f.part, '/', 2) AS component, split_part(f.part, '/', 1) AS kind, f.day,
    f.amount AS numerator, d.amount AS denominator
FROM subject_level f
JOIN subject_level d
    ON d.domain = f.domain AND d.counter = 'denominator' AND d.unit = f.unit AND d.part = f.part AND d.day = f.day
LEFT JOIN unit_end e ON e.unit = f.unit AND f.day >= e.since AND f.day < e.day AND e.day <= %(last)s::date
WHERE f.domain = 'portal' AND f.counter = 'numerator' AND split_part(f.part, '/', 2) = ANY (%(components)s)
    AND split_part(f.part, '/', 3) = '' -- not of one service
    AND f.day <= %(last)s::date AND (%(unit)s::text IS NULL OR f.unit = %(unit)s::text)
    AND (e.day IS NULL OR e.day > %(first)s::date)
ORDER BY f.unit, e.day DESC NULLS FIRST, component,
    (e.day IS NULL AND split_part(f.part, '/', 1) = coalesce(%(kind)s, '') AND f.day = %(first)s::date) DESC,
    f.day DESC, f.part
