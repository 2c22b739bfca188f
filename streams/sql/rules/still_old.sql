-- Of these cases, whose histories are locked, those that still stand under older rules, with what they have added.
SELECT subject, contribution, rules_version FROM case_state
WHERE subject = ANY (%(subjects)s::text[])
    AND (rules_version <> %(rules_version)s OR judged_before(rules_edition, judged_from, judged_to, procedure, names));
