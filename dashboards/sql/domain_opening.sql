-- The list of a number of a domain: its subjects and how much each adds. Parameters: domain, counter, kind, as_of, first,
-- last, unit, part, standings, due, soon.
SELECT c.subject, c.amount, coalesce(s.ended_at, %(as_of)s) - s.due_at AS lateness
FROM subject_counted(
    %(domain)s, %(counter)s, %(kind)s, %(first)s::date, %(last)s::date, %(unit)s::text, %(part)s::text,
    %(standings)s::text[], %(due)s::text, %(as_of)s, %(soon)s
) c
JOIN subject_state s ON s.domain = %(domain)s AND s.subject = c.subject
