-- What keys of the figures (a code, a name, another name) meant on a day: one row each, in the order asked. key and the
-- rest are NULL where no reference row of that day knows it or more than one does: "chưa rõ".
-- Parameters: kind (unit, procedure, sector), keys, day.
SELECT asked.spelt, thing.key, thing.name, thing.confidence
FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS asked (spelt, place)
LEFT JOIN LATERAL (
    SELECT key, name, confidence FROM ref_thing
    WHERE kind = %(kind)s AND key = reference_key(%(kind)s, asked.spelt, %(day)s)
        AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
    ORDER BY kept, valid_from DESC
    LIMIT 1
) AS thing ON true
ORDER BY asked.place
