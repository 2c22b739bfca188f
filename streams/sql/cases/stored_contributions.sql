-- What those cases have added to the rollups so far. A statement of its own, after the locks: joined to the locking
-- one it would show the state from before the wait.
SELECT subject, contribution, rules_version FROM case_state WHERE subject = ANY (%(subjects)s::text[]);
