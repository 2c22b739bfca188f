-- Opens a number: keeps its list as it is in this snapshot, and returns the amount, which is the number shown, and the
-- length of the list. The query of the list (subject, amount, lateness: NULL where there is none) is put in the place of
-- its mark (dashboards.readers.queries.opening_of); the latest first, then the greatest. Parameters: id, domain, counter,
-- filters, as_of, most (rows that are kept), and those of the list.
WITH list AS MATERIALIZED (
/* list */
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
