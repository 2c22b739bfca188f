-- Open cases of a procedure by the step that they stand behind ("": the acceptance), and since when the oldest of them
-- does. Parameters: procedure, unit.
SELECT coalesce(s.path[cardinality(s.path)], '') AS step, count(*) AS cases, min(s.path_since) AS oldest
FROM case_in_process(%(procedure)s, %(unit)s, NULL, NULL, 'queue', NULL, NULL, NULL) s
GROUP BY 1
