-- Opens a flow counter: its cases and how often each counts, from one snapshot, the latest case first; returns the
-- amount, which is the number shown, and the length of the list. Parameters: id, counter, filters, as_of, first, last,
-- unit, channel, procedure.
WITH counted AS (
    SELECT subject, sum(amount)::bigint AS amount
    FROM case_flow
    WHERE counter = %(counter)s
        AND day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
    GROUP BY subject
), list AS MATERIALIZED (
    SELECT subject, amount, coalesce(ended_at, %(as_of)s) - due_at AS lateness
    FROM counted JOIN case_state USING (subject)
), head AS (
    INSERT INTO opening (id, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY lateness DESC NULLS LAST, subject), subject, amount
    FROM list
)
SELECT amount, cases FROM head
