-- Keeps a list that was counted elsewhere in the same transaction; returns the amount and the length of the list.
-- Parameters: id, domain, counter, filters, as_of, subjects, amounts (in step, in the order of the list), most (rows
-- that are kept).
WITH list AS MATERIALIZED (
    SELECT subject, amount, position
    FROM unnest(%(subjects)s::text[], %(amounts)s::bigint[]) WITH ORDINALITY AS l (subject, amount, position)
), head AS (
    INSERT INTO opening (id, domain, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(domain)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, position, subject, amount FROM list WHERE position <= %(most)s
)
SELECT amount, cases FROM head
