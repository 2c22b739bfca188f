-- The span's look-ups, each name once, if no version of it is held. Answers those that are new by their offset, and whether
-- an exception that came before names them. Their subjects are locked, so nobody else inserts one of these names. What
-- exceptions the subjects have is read once and hashed, whatever the planner thinks of the tables.
WITH exception AS MATERIALIZED (
    SELECT x.subject, x.source, x.id, x.replaces_source, x.replaces_id
    FROM lookup_day d JOIN lookup_exception x USING (subject)
    WHERE d.subject = ANY (string_to_array(%(subjects)s, E'\x1f')) AND d.exceptions
)
INSERT INTO lookup_event (
    subject, source, id, day, time, digest, unit, application, purpose, case_code, channel, person, fields, result,
    latency_ms, client, topic_id, partition, "offset", received_at
)
SELECT n.subject, n.source, n.id, date '1970-01-01' + ((n.time + 25200000000) / 86400000000)::integer, moment_at(n.time),
    substr(%(digests)b::bytea, n.place::integer * 32 - 31, 32), n.unit, n.application, n.purpose, n.case_code, n.channel,
    n.person, string_to_array(n.fields, E'\x1e'), n.result, n.latency_ms, n.client,
    %(topic_id)s, %(partition)s, n."offset", moment_at(n.received)
FROM unnest(
    string_to_array(%(subject)s, E'\x1f', ''), string_to_array(%(source)s, E'\x1f', ''),
    string_to_array(%(id)s, E'\x1f', ''), %(time)s::bigint[],
    string_to_array(%(unit)s, E'\x1f', ''), string_to_array(%(application)s, E'\x1f', ''),
    string_to_array(%(purpose)s, E'\x1f', ''), string_to_array(%(case_code)s, E'\x1f', ''),
    string_to_array(%(channel)s, E'\x1f', ''), string_to_array(%(person)s, E'\x1f', ''),
    string_to_array(%(fields)s, E'\x1f', ''), string_to_array(%(result)s, E'\x1f', ''), %(latency_ms)s::integer[],
    string_to_array(%(client)s, E'\x1f', ''), %(offset)s::bigint[], %(received)s::bigint[]
) WITH ORDINALITY AS n (
    subject, source, id, time, unit, application, purpose, case_code, channel, person, fields, result, latency_ms, client,
    "offset", received, place
)
WHERE (n.subject, n.source, n.id) NOT IN (SELECT e.subject, e.source, e.id FROM exception e)
ON CONFLICT DO NOTHING
RETURNING "offset", (subject, source, id) IN (
    SELECT e.subject, e.replaces_source, e.replaces_id FROM exception e WHERE e.replaces_source IS NOT NULL
);
