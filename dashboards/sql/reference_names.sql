-- What keys of the figures (a code, a name, another name) meant on a day: one row each, in the order asked. key and the
-- rest are NULL where no reference row of that day knows it or more than one does: "chưa rõ".
-- Parameters: kind (unit, procedure, sector), keys, day.
WITH asked AS MATERIALIZED (
    SELECT spelt, place, reference_key(%(kind)s, spelt, %(day)s) AS key
    FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS one (spelt, place)
), things AS MATERIALIZED (
    SELECT DISTINCT ON (key) key, name, confidence
    FROM ref_thing
    WHERE kind = %(kind)s AND %(day)s::date BETWEEN valid_from AND coalesce(valid_to, 'infinity')
    ORDER BY key, kept, valid_from DESC
)
SELECT asked.spelt, things.key, things.name, things.confidence
FROM asked LEFT JOIN things ON things.key = asked.key
ORDER BY asked.place
