-- The histories of those of these subjects that have one.
SELECT subject, events FROM subject_history
WHERE domain = %(domain)s AND subject = ANY (%(subjects)s::text[]) AND NOT oversized AND events <> '[]';
