-- What the portal itself has published of a component, by unit: the latest statement of the period. total: of the
-- whole province. It is of the unit whose the key was when the period began. Parameters: part (kind of period and
-- component), period, first, unit, since and until (the unit's own days).
SELECT s.unit, (s.detail ->> 'numerator')::bigint AS numerator, s.detail ->> 'published_on' AS published_on,
    EXISTS (SELECT FROM ref_unit u WHERE u.code = s.unit AND u.tier = 'province' AND u.replaced_by IS NULL) AS total
FROM subject_state s
WHERE s.domain = 'portal' AND s.part = %(part)s AND s.detail ->> 'period' = %(period)s AND s.voided_at IS NULL
    AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
    AND %(first)s::date BETWEEN coalesce(%(since)s::date, '-infinity') AND coalesce(%(until)s::date, 'infinity')
