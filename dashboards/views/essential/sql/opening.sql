-- Opens a number of a service, as opening_flow does: its cases, the latest first. Parameters: id, domain, counter
-- (what they count as), filters, as_of, first, last, number, unit, most (rows that are kept).
WITH list AS MATERIALIZED (
    SELECT c.subject, coalesce(s.ended_at, %(as_of)s) - s.due_at AS lateness
    FROM service_case(
        coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'), %(number)s::integer,
        %(unit)s::text
    ) c
    JOIN case_state s ON s.subject = c.subject
    WHERE %(counter)s::text = ANY (c.counts_as)
), head AS (
    INSERT INTO opening (id, domain, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(domain)s, %(counter)s, %(filters)s::json, %(as_of)s, count(*), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY lateness DESC NULLS LAST, subject), subject, 1
    FROM (SELECT * FROM list ORDER BY lateness DESC NULLS LAST, subject LIMIT %(most)s) AS first
)
SELECT amount, cases FROM head
