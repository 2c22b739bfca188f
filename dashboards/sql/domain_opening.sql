-- Opens a number of a domain: its subjects and how much each adds, from one snapshot, the latest first, then the
-- greatest; returns the amount, which is the number shown, and the length of the list. Parameters: id, domain,
-- counter, kind, filters, as_of, first, last, unit, part, standings, due, soon, most (rows that are kept).
WITH list AS MATERIALIZED (
    SELECT c.subject, c.amount, coalesce(s.ended_at, %(as_of)s) - s.due_at AS lateness
    FROM subject_counted(
        %(domain)s, %(counter)s, %(kind)s, %(first)s::date, %(last)s::date, %(unit)s::text, %(part)s::text,
        %(standings)s::text[], %(due)s::text, %(as_of)s, %(soon)s
    ) c
    JOIN subject_state s ON s.domain = %(domain)s AND s.subject = c.subject
), head AS (
    INSERT INTO opening (id, domain, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(domain)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY lateness DESC NULLS LAST, amount DESC, subject), subject, amount
    FROM (SELECT * FROM list ORDER BY lateness DESC NULLS LAST, amount DESC, subject LIMIT %(most)s) AS first
)
SELECT amount, cases FROM head
