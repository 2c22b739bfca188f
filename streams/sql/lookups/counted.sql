-- What some look-ups and all that they touch come to: those named, those that the named ones (or the replaces given) take
-- back, and the other rulings about these. "whole" subjects with everything they have. Before and after something is
-- inserted, the difference is what the rollups change by. LATERAL with OFFSET 0: one probe of the unique key a name.
WITH named AS (
    SELECT * FROM unnest(%(subject)b::text[], %(source)b::text[], %(id)b::text[]) AS n (subject, source, id)
), taken_back AS (
    SELECT * FROM unnest(%(in_subject)b::text[], %(replaces_source)b::text[], %(replaces_id)b::text[])
        AS t (subject, source, id)
    UNION
    SELECT x.subject, x.replaces_source, x.replaces_id
    FROM named n JOIN lookup_exception x USING (subject, source, id)
    WHERE x.replaces_source IS NOT NULL
), touched AS (
    SELECT subject, source COLLATE "C" AS source, id COLLATE "C" AS id FROM named
    UNION
    SELECT subject, source COLLATE "C", id COLLATE "C" FROM taken_back
    UNION
    SELECT x.subject, x.source, x.id
    FROM taken_back t
    JOIN lookup_exception x ON x.subject = t.subject AND x.replaces_source = t.source AND x.replaces_id = t.id
), standing AS (
    SELECT s.*
    FROM touched t
    JOIN unnest(%(subjects)b::text[], %(days)b::date[]) AS d (subject, day) USING (subject)
    CROSS JOIN LATERAL (
        SELECT * FROM lookup_standing l
        WHERE l.subject = t.subject AND l.source = t.source AND l.id = t.id AND l.day = d.day
        OFFSET 0
    ) AS s
    WHERE t.subject <> ALL (%(whole)b::text[])
    UNION ALL
    SELECT s.*
    FROM unnest(%(subjects)b::text[], %(days)b::date[]) AS d (subject, day)
    CROSS JOIN LATERAL (SELECT * FROM lookup_standing l WHERE l.subject = d.subject AND l.day = d.day OFFSET 0) AS s
    WHERE d.subject = ANY (%(whole)b::text[])
)
SELECT s.subject, s.unit, s.application, s.channel,
    (extract(epoch FROM date_trunc('hour', s.time, 'UTC')) * 1000000)::bigint,
    count(*),
    count(*) FILTER (WHERE s.case_code IS NULL),
    count(*) FILTER (WHERE s.result = 'not_found'),
    count(*) FILTER (WHERE s.result = 'mismatch'),
    count(*) FILTER (WHERE s.result = 'error'),
    count(*) FILTER (WHERE s.channel = 'automatic'),
    coalesce(sum(s.latency_ms), 0)::bigint,
    count(s.latency_ms),
    count(*) FILTER (WHERE s.latency_ms <= 100),
    count(*) FILTER (WHERE s.latency_ms > 100 AND s.latency_ms <= 250),
    count(*) FILTER (WHERE s.latency_ms > 250 AND s.latency_ms <= 500),
    count(*) FILTER (WHERE s.latency_ms > 500 AND s.latency_ms <= 1000),
    count(*) FILTER (WHERE s.latency_ms > 1000 AND s.latency_ms <= 2500),
    count(*) FILTER (WHERE s.latency_ms > 2500 AND s.latency_ms <= 5000),
    count(*) FILTER (WHERE s.latency_ms > 5000 AND s.latency_ms <= 10000)
FROM standing s
GROUP BY 1, 2, 3, 4, 5;
