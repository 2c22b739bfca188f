-- Some of the cases that stand under older rules; which ones does not matter.
SELECT subject FROM cases_under_old_rules(%(rules_version)s) LIMIT %(limit)s;
