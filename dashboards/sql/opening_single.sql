-- Opens a flow counter that counts a case at most once, as opening_flow does, without a group of every case: it counts,
-- and sorts only what is kept. Parameters: id, counter, filters, as_of, first, last, unit, channel, procedure, most
-- (rows that are kept).
WITH flow AS NOT MATERIALIZED (
    SELECT subject, amount, coalesce(ended_at, %(as_of)s) - due_at AS lateness
    FROM case_flow_single
    WHERE counter = %(counter)s
        AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
), head AS (
    INSERT INTO opening (id, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM flow
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY lateness DESC NULLS LAST, subject), subject, amount
    FROM (SELECT * FROM flow ORDER BY lateness DESC NULLS LAST, subject LIMIT %(most)s) AS first
)
SELECT amount, cases FROM head
