-- The span's digests, each once for ever, in key order. Answers, per source, how many were new.
WITH fresh AS (
    INSERT INTO source_digest (source, id, time, digest, topic, day, unit, part, parts, count, hash, ids)
    SELECT d.source, d.id, moment_at(d.time), d.digest, %(contract)s, d.day, d.unit, d.part, d.parts, d.count, d.hash,
        CASE WHEN d.ids IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(d.ids::json)) END
    FROM unnest(
        %(source)b::text[], %(id)b::text[], %(time)b::bigint[], %(digest)b::bytea[], %(day)b::date[], %(unit)b::text[],
        %(part)b::integer[], %(parts)b::integer[], %(count)b::bigint[], %(hash)b::text[], %(ids)b::text[]
    ) AS d (source, id, time, digest, day, unit, part, parts, count, hash, ids)
    ORDER BY d.source COLLATE "C", d.id COLLATE "C", d.time, d.digest
    ON CONFLICT DO NOTHING
    RETURNING source
)
SELECT source, count(*) FROM fresh GROUP BY source;
