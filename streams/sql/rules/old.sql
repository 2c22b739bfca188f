-- The cases that stand under older rules, in no order. Parameter: rules_version.
SELECT subject FROM cases_under_old_rules(%(rules_version)s)
