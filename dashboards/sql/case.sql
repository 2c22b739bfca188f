-- One case with its history. Parameter: subject.
SELECT s.*, f.deadline_moves, f.readings, f.flows, coalesce(h.events, '[]') AS events
FROM case_told s JOIN case_state f USING (subject) LEFT JOIN case_history h USING (subject)
WHERE s.subject = %(subject)s
