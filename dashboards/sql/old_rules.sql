-- How many cases still stand under rules before these. Parameter: rules_version.
SELECT count(*) FROM case_state WHERE rules_version < %(rules_version)s
