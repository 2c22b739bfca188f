-- How many cases still stand under rules before these, or under reference data that has changed since. Parameter:
-- rules_version.
SELECT count(*) FROM cases_under_old_rules(%(rules_version)s)
