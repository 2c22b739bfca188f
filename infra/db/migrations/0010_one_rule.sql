-- Two rules that the stream and the screens, or two lists, asked the tables by in words of their own.

-- Per source, topic (a contract's name), day of the events' own time and unit: how many events the source says that it has
-- sent, how many of them are held, how many are missing as far as it is known (0 where more is held than was said, or only
-- the hashes differ), and the ids that are not held, where the source has named them. Only what differs. of_first and of_last
-- are both included, of_since and of_until the same as moments; of_domains and of_topics name in step what is said where.
CREATE FUNCTION source_losses(
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
        UNION
        SELECT DISTINCT t.topic, e.source, province_day(e.time),
            coalesce(e.data ->> 'unit', e.data -> 'event' ->> 'unit', ''), e.id
        FROM subject_event e
        JOIN unnest(of_domains, of_topics) AS t (domain, topic) USING (domain)
        WHERE e.time >= of_since AND e.time < of_until AND e.source IN (SELECT source FROM sent WHERE topic <> 'cases')
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

-- The accounts' days that a counter of look-ups counts, and how much each adds: the amounts add up to the figure; without a
-- counter the look-ups of each. NULL is no filter; of_part is the application.
CREATE FUNCTION lookup_counted(
    of_counter text, of_first date, of_last date, of_unit text, of_part text
) RETURNS TABLE (subject text, amount bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.account || '/' || d.day, sum(CASE of_counter
            WHEN 'lookups' THEN d.lookups WHEN 'without_case' THEN d.without_case WHEN 'not_found' THEN d.not_found
            WHEN 'mismatch' THEN d.mismatch WHEN 'errors' THEN d.errors WHEN 'automatic' THEN d.automatic
            WHEN 'latency_total' THEN d.latency_total WHEN 'timed' THEN d.timed ELSE d.lookups
        END)::bigint
    FROM lookup_by_account_day d
    WHERE of_part IS NULL
        AND d.day BETWEEN coalesce(of_first, '-infinity') AND coalesce(of_last, 'infinity')
        AND (of_unit IS NULL OR d.unit = of_unit)
    GROUP BY 1
    UNION ALL -- no rollup knows account and application together
    SELECT s.subject, sum(CASE of_counter
            WHEN 'without_case' THEN (s.case_code IS NULL)::integer WHEN 'not_found' THEN (s.result = 'not_found')::integer
            WHEN 'mismatch' THEN (s.result = 'mismatch')::integer WHEN 'errors' THEN (s.result = 'error')::integer
            WHEN 'automatic' THEN (s.channel = 'automatic')::integer WHEN 'latency_total' THEN coalesce(s.latency_ms, 0)
            WHEN 'timed' THEN (s.latency_ms IS NOT NULL)::integer ELSE 1
        END)::bigint
    FROM lookup_standing s
    WHERE of_part IS NOT NULL AND s.application = of_part
        AND s.day BETWEEN coalesce(of_first, '-infinity') AND coalesce(of_last, 'infinity')
        AND (of_unit IS NULL OR s.unit = of_unit)
    GROUP BY s.subject;
END;
