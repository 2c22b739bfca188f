-- States of the cases whose histories have grown, each with the contribution that this transaction adds for it.
-- A lower version of the rules never overwrites a higher one.
INSERT INTO case_state AS s (subject, unit, procedure, channel, submitted_at, accepted_at, due_at, ended_at, end_kind, returned_at, status, status_raw, last_at, last_unit, flows, voided_at, oversized, simulated, contribution, rules_version)
SELECT n.subject, n.unit, n.procedure, n.channel, moment_at(n.submitted_at), moment_at(n.accepted_at), moment_at(n.due_at), moment_at(n.ended_at), n.end_kind, moment_at(n.returned_at), n.status, n.status_raw, moment_at(n.last_at), n.last_unit, n.flows::json, moment_at(n.voided_at), n.oversized, n.simulated, n.contribution, %(rules_version)s
FROM unnest(
    %(subject)b::text[],
    %(unit)b::text[],
    %(procedure)b::text[],
    %(channel)b::text[],
    %(submitted_at)b::bigint[],
    %(accepted_at)b::bigint[],
    %(due_at)b::bigint[],
    %(ended_at)b::bigint[],
    %(end_kind)b::text[],
    %(returned_at)b::bigint[],
    %(status)b::smallint[],
    %(status_raw)b::text[],
    %(last_at)b::bigint[],
    %(last_unit)b::text[],
    %(flows)b::text[],
    %(voided_at)b::bigint[],
    %(oversized)b::boolean[],
    %(simulated)b::boolean[],
    %(contribution)b::text[]
) AS n (subject, unit, procedure, channel, submitted_at, accepted_at, due_at, ended_at, end_kind, returned_at, status, status_raw, last_at, last_unit, flows, voided_at, oversized, simulated, contribution)
ON CONFLICT (subject) DO UPDATE SET
    unit = excluded.unit,
    procedure = excluded.procedure,
    channel = excluded.channel,
    submitted_at = excluded.submitted_at,
    accepted_at = excluded.accepted_at,
    due_at = excluded.due_at,
    ended_at = excluded.ended_at,
    end_kind = excluded.end_kind,
    returned_at = excluded.returned_at,
    status = excluded.status,
    status_raw = excluded.status_raw,
    last_at = excluded.last_at,
    last_unit = excluded.last_unit,
    flows = excluded.flows,
    voided_at = excluded.voided_at,
    oversized = excluded.oversized,
    simulated = excluded.simulated,
    contribution = excluded.contribution,
    rules_version = excluded.rules_version
WHERE s.rules_version <= excluded.rules_version;
