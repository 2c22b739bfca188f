-- States of the subjects whose histories have grown, each with the contribution that this transaction adds for it.
-- A lower version of the rules never overwrites a higher one.
INSERT INTO subject_state AS s (
    domain, subject, unit, part, standing, title, opened_at, due_at, ended_at, last_at, voided_at, oversized, simulated,
    detail, contribution, names, rules_version, rules_edition
)
SELECT n.domain, n.subject, n.unit, n.part, n.standing, n.title, moment_at(n.opened_at), moment_at(n.due_at),
    moment_at(n.ended_at), moment_at(n.last_at), moment_at(n.voided_at), n.oversized, n.simulated,
    n.detail::json, n.contribution, n.names::text[], n.rules_version, %(rules_edition)s
FROM unnest(
    %(domain)s::text[], %(subject)s::text[], %(unit)s::text[], %(part)s::text[], %(standing)s::text[],
    %(title)s::text[], %(opened_at)s::bigint[], %(due_at)s::bigint[], %(ended_at)s::bigint[], %(last_at)s::bigint[],
    %(voided_at)s::bigint[], %(oversized)s::boolean[], %(simulated)s::boolean[], %(detail)s::text[],
    %(contribution)s::text[], %(names)s::text[], %(rules_version)s::integer[]
) AS n (
    domain, subject, unit, part, standing, title, opened_at, due_at, ended_at, last_at, voided_at, oversized, simulated,
    detail, contribution, names, rules_version
)
ON CONFLICT (domain, subject) DO UPDATE SET
    unit = excluded.unit,
    part = excluded.part,
    standing = excluded.standing,
    title = excluded.title,
    opened_at = excluded.opened_at,
    due_at = excluded.due_at,
    ended_at = excluded.ended_at,
    last_at = excluded.last_at,
    voided_at = excluded.voided_at,
    oversized = excluded.oversized,
    simulated = excluded.simulated,
    detail = excluded.detail,
    contribution = excluded.contribution,
    names = excluded.names,
    rules_version = excluded.rules_version,
    rules_edition = excluded.rules_edition
WHERE (s.rules_version, s.rules_edition) <= (excluded.rules_version, excluded.rules_edition);
