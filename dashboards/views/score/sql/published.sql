-- What the national portal has published of each component and unit: of this very period, else the latest of a period that had
-- begun by its end. Parameters: components, kind (month, quarter, year), first, last, unit.
SELECT DISTINCT ON (f.unit, component)
    f.unit, split_part(f.part, '/', 2) AS component, split_part(f.part, '/', 1) AS kind, f.day,
    f.amount AS numerator, d.amount AS denominator
FROM subject_level f
JOIN subject_level d ON d.domain = f.domain AND d.counter = 'denominator' AND d.unit = f.unit AND d.part = f.part AND d.day = f.day
WHERE f.domain = 'portal' AND f.counter = 'numerator' AND split_part(f.part, '/', 2) = ANY (%(components)s)
    AND split_part(f.part, '/', 3) = '' -- not of one service
    AND f.day <= %(last)s::date AND (%(unit)s::text IS NULL OR f.unit = %(unit)s::text)
ORDER BY f.unit, component, (split_part(f.part, '/', 1) = %(kind)s AND f.day = %(first)s::date) DESC, f.day DESC, f.part
