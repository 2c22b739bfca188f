-- Per source, topic, day and unit: what the source says that it has sent, what is held of it, and the ids that are not
-- held, where the source has named them. Only what differs; from a day to a day, both included.
WITH said AS (
    SELECT DISTINCT ON (source, topic, day, unit, part, parts)
        source, topic, day, unit, part, parts, count, hash, ids, time
    FROM source_digest
    WHERE day BETWEEN %(from)s AND %(to)s
    ORDER BY source, topic, day, unit, part, parts, time DESC, digest DESC
), latest AS ( -- a source that cuts a day into other parts than before takes the earlier parts back
    SELECT DISTINCT ON (source, topic, day, unit) source, topic, day, unit, parts
    FROM said ORDER BY source, topic, day, unit, time DESC, parts DESC
), sent AS (
    SELECT s.* FROM said s JOIN latest l USING (source, topic, day, unit, parts)
), held AS MATERIALIZED (
    SELECT DISTINCT 'cases' AS topic, e.source, province_day(e.time) AS day,
        coalesce(e.data ->> 'unit', e.data -> 'event' ->> 'unit', '') AS unit, e.id
    FROM case_event e
    WHERE e.time >= %(since)s AND e.time < %(until)s AND e.source IN (SELECT source FROM sent WHERE topic = 'cases')
    UNION
    SELECT DISTINCT t.topic, e.source, province_day(e.time),
        coalesce(e.data ->> 'unit', e.data -> 'event' ->> 'unit', ''), e.id
    FROM subject_event e
    JOIN unnest(%(domains)s::text[], %(topics)s::text[]) AS t (domain, topic) USING (domain)
    WHERE e.time >= %(since)s AND e.time < %(until)s AND e.source IN (SELECT source FROM sent WHERE topic <> 'cases')
    UNION
    SELECT 'lookups', e.source, e.day, e.unit, e.id
    FROM lookup_event e
    WHERE e.day BETWEEN %(from)s AND %(to)s AND e.source IN (SELECT source FROM sent WHERE topic = 'lookups')
    UNION
    SELECT DISTINCT 'lookups', e.source, province_day(e.time),
        coalesce(e.data ->> 'unit', e.data -> 'event' ->> 'unit', ''), e.id
    FROM lookup_exception e
    WHERE e.time >= %(since)s AND e.time < %(until)s AND e.source IN (SELECT source FROM sent WHERE topic = 'lookups')
), counted AS MATERIALIZED ( -- cut into the parts that the source says; one pass over what is held
    SELECT h.source, h.topic, h.day, h.unit,
        CASE l.parts WHEN 1 THEN 0
            ELSE ('x' || substr(encode(sha256(convert_to(h.id, 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint %% l.parts END AS part,
        count(*) AS held,
        encode(sha256(convert_to(string_agg(h.id || E'\n', '' ORDER BY h.id COLLATE "C"), 'UTF8')), 'hex') AS hash
    FROM held h JOIN latest l USING (source, topic, day, unit)
    GROUP BY 1, 2, 3, 4, 5
), compared AS MATERIALIZED (
    SELECT s.source, s.topic, s.day, s.unit, s.count, s.ids, coalesce(c.held, 0) AS held,
        coalesce(c.hash, encode(sha256(''), 'hex')) = s.hash AS same
    FROM sent s LEFT JOIN counted c USING (source, topic, day, unit, part)
)
SELECT c.source, c.topic, c.day, c.unit, sum(c.count)::bigint, sum(c.held)::bigint,
    ARRAY(
        SELECT i FROM compared o CROSS JOIN LATERAL unnest(o.ids) AS i
        WHERE NOT o.same AND (o.source, o.topic, o.day, o.unit) = (c.source, c.topic, c.day, c.unit)
            AND NOT EXISTS (
                SELECT FROM held WHERE (held.topic, held.source, held.day, held.id) = (o.topic, o.source, o.day, i)
            )
        ORDER BY i COLLATE "C"
    )
FROM compared c
GROUP BY c.source, c.topic, c.day, c.unit
HAVING NOT bool_and(c.same)
ORDER BY c.source, c.topic, c.day, c.unit;
