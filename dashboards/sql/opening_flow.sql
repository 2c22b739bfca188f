-- Opens a flow counter that may count a case more than once: its cases and how often each counts, from one snapshot, the
-- latest case first; returns the amount, which is the number shown, and the length of the list. Parameters: id, counter,
-- filters, as_of, first, last, unit, channel, procedure, most (rows that are kept).
WITH flow AS (
    SELECT subject, amount, due_at, ended_at
    FROM case_flow_repeated
    WHERE counter = %(counter)s
        AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        -- Nothing but a conflict lies after a case's last event, and last_at has an index.
        AND (
            %(counter)s = 'conflicts'
            OR last_at >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
        )
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
), list AS MATERIALIZED (
    SELECT subject, sum(amount)::bigint AS amount, coalesce(ended_at, %(as_of)s) - due_at AS lateness
    FROM flow
    GROUP BY subject, due_at, ended_at
), head AS (
    INSERT INTO opening (id, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY lateness DESC NULLS LAST, subject), subject, amount
    FROM (SELECT * FROM list ORDER BY lateness DESC NULLS LAST, subject LIMIT %(most)s) AS first
)
SELECT amount, cases FROM head
