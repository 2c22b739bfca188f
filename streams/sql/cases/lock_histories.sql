-- The histories of the span's cases, locked in key order until the transaction ends.
SELECT subject, events, oversized FROM case_history
WHERE subject = ANY (%(subjects)s::text[])
ORDER BY subject COLLATE "C"
FOR UPDATE;
