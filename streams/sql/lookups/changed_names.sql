-- The names (in the form in which they are compared) that mean something else since the last sweep: where there are none,
-- no look-up is counted under an older meaning.
SELECT DISTINCT unnest(names) FROM rules_change WHERE load_id > (SELECT edition FROM rules_swept);
