-- Of these subjects, whose histories are locked, those of which a name means something else by now, with what they have
-- added.
SELECT s.domain, s.subject, s.contribution, s.rules_version
FROM subject_state s
JOIN unnest(%(domains)s::text[], %(subjects)s::text[]) AS k (domain, subject) USING (domain, subject)
WHERE named_before(s.rules_edition, s.names);
