-- How many subjects of a domain stand so, by unit and part; those past their deadline, or due soon, where that is asked.
-- Parameters: domain, standings, due (past, soon or NULL), as_of, soon.
SELECT unit, part, count(*) FROM subject_state
WHERE domain = %(domain)s AND standing = ANY (%(standings)s) AND (
    %(due)s::text IS NULL
    OR %(due)s::text = 'past' AND due_at < %(as_of)s
    OR %(due)s::text = 'soon' AND due_at >= %(as_of)s AND due_at < %(soon)s)
GROUP BY unit, part;
