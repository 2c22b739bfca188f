-- A correction that an import has made of what a file says otherwise than before is no event that its source has sent
-- (ADR 0044): it is in no digest, and so not in what is held of a day either. Its id is 32 hexadecimal digits and .0.
CREATE OR REPLACE FUNCTION source_losses(
    of_first date, of_last date, of_since timestamptz, of_until timestamptz, of_domains text[], of_topics text[]
) RETURNS TABLE (
    source text, topic text, day date, unit text, sent bigint, held bigint, missing bigint, ids text[]
) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH said AS (
        SELECT DISTINCT ON (source, topic, day, unit, part, parts)
            source, topic, day, unit, part, parts, count, hash, ids, time
        FROM source_digest
        WHERE day BETWEEN of_first AND of_last
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
        WHERE e.time >= of_since AND e.time < of_until AND e.source IN (SELECT source FROM sent WHERE topic = 'cases')
            AND (e.kind <> 'corrected' OR e.id !~ '^[0-9a-f]{32}[.]0$')
        UNION
        SELECT DISTINCT t.topic, e.source, province_day(e.time),
            coalesce(e.data ->> 'unit', e.data -> 'event' ->> 'unit', ''), e.id
        FROM subject_event e
        JOIN unnest(of_domains, of_topics) AS t (domain, topic) USING (domain)
        WHERE e.time >= of_since AND e.time < of_until AND e.source IN (SELECT source FROM sent WHERE topic <> 'cases')
            AND (e.kind <> 'corrected' OR e.id !~ '^[0-9a-f]{32}[.]0$')
        UNION
        SELECT 'lookups', e.source, e.day, e.unit, e.id
        FROM lookup_event e
        WHERE e.day BETWEEN of_first AND of_last AND e.source IN (SELECT source FROM sent WHERE topic = 'lookups')
        UNION
        SELECT DISTINCT 'lookups', e.source, province_day(e.time),
            coalesce(e.data ->> 'unit', e.data -> 'event' ->> 'unit', ''), e.id
        FROM lookup_exception e
        WHERE e.time >= of_since AND e.time < of_until AND e.source IN (SELECT source FROM sent WHERE topic = 'lookups')
    ), counted AS MATERIALIZED ( -- cut into the parts that the source says; one pass, whatever the planner thinks
        SELECT source, topic, day, unit, part, count(*) AS held,
            encode(sha256(convert_to(string_agg(id || E'\n', '' ORDER BY id COLLATE "C"), 'UTF8')), 'hex') AS hash
        FROM (
            SELECT h.source, h.topic, h.day, h.unit, h.id,
                CASE l.parts WHEN 1 THEN 0 ELSE (
                    ('x' || substr(encode(sha256(convert_to(h.id, 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint % l.parts
                )::integer END AS part
            FROM held h JOIN latest l USING (source, topic, day, unit)
        ) AS placed
        GROUP BY source, topic, day, unit, part
    ), compared AS MATERIALIZED (
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
    FROM differing d LEFT JOIN lost l USING (source, topic, day, unit);
END;
