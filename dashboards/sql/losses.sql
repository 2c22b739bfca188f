-- Per source, topic, day and unit: what the source says that it has sent, what is held of it, how much of it is missing,
-- and the ids that are not held, where the source has named them. Only what differs; from a day to a day, both included.
-- The rule is streams/sql/losses.sql's, with how much is missing besides; a test compares the two.
-- Parameters: from, to, since, until (the same as moments), domains and topics (in step).
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
), counted AS (
    SELECT source, topic, day, unit, part, count(*) AS held,
        encode(sha256(convert_to(string_agg(id || E'\n', '' ORDER BY id COLLATE "C"), 'UTF8')), 'hex') AS hash
    FROM (
        SELECT h.source, h.topic, h.day, h.unit, h.id,
            CASE l.parts WHEN 1 THEN 0 ELSE (
                ('x' || substr(encode(sha256(convert_to(h.id, 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint %% l.parts
            )::integer END AS part
        FROM held h JOIN latest l USING (source, topic, day, unit)
    ) AS placed
    GROUP BY source, topic, day, unit, part
), compared AS (
    SELECT s.source, s.topic, s.day, s.unit, s.ids, s.count, coalesce(c.held, 0) AS held,
        coalesce(c.hash, encode(sha256(''::bytea), 'hex')) = s.hash AS same
    FROM sent s LEFT JOIN counted c USING (source, topic, day, unit, part)
), differing AS (
    SELECT source, topic, day, unit, sum(count)::bigint AS sent, sum(held)::bigint AS held
    FROM compared
    GROUP BY source, topic, day, unit
    HAVING NOT bool_and(same)
), lost AS (
    SELECT c.source, c.topic, c.day, c.unit, array_agg(i.id ORDER BY i.id COLLATE "C") AS ids
    FROM compared c CROSS JOIN LATERAL unnest(c.ids) AS i (id)
    WHERE NOT c.same AND NOT EXISTS (
        SELECT FROM held h WHERE h.topic = c.topic AND h.source = c.source AND h.day = c.day AND h.id = i.id
    )
    GROUP BY c.source, c.topic, c.day, c.unit
)
SELECT d.source, d.topic, d.day, d.unit, d.sent, d.held,
    greatest(d.sent - d.held, coalesce(cardinality(l.ids), 0))::bigint AS missing, coalesce(l.ids, '{}') AS ids
FROM differing d LEFT JOIN lost l USING (source, topic, day, unit)
ORDER BY d.source, d.topic, d.day, d.unit
