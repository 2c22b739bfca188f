-- What those subjects have added to the rollups so far. A statement of its own, after the locks: joined to the locking
-- one it would show the state from before the wait.
SELECT s.domain, s.subject, s.contribution, s.rules_version
FROM subject_state s
JOIN unnest(%(domains)s::text[], %(subjects)s::text[]) AS k (domain, subject) USING (domain, subject);
