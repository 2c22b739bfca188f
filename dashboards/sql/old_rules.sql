-- How many cases, and how many subjects of other domains, still stand under rules before these, or under reference data
-- or names that have changed since; as the audit counts them. Parameters: rules_version; domains, versions (of their rules).
SELECT
    (SELECT count(*) FROM cases_under_old_rules(%(rules_version)s)),
    (
        SELECT count(*) FROM (
            SELECT domain, subject FROM subjects_under_old_names()
            UNION
            SELECT s.domain, s.subject
            FROM subject_state s JOIN unnest(%(domains)s::text[], %(versions)s::int[]) AS d (domain, rules) USING (domain)
            WHERE s.rules_version <> d.rules
        ) AS old
    )
