-- What sources say that they have sent and what is held, where the two differ: see source_losses().
SELECT source, topic, day, unit, sent, held, missing, ids
FROM source_losses(
    %(from)s::date, %(to)s::date, %(since)s::timestamptz, %(until)s::timestamptz, %(domains)s::text[], %(topics)s::text[]
)
ORDER BY source COLLATE "C", topic, day, unit COLLATE "C";
