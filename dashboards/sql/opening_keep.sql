-- Keeps a list that was counted elsewhere in the same transaction. Parameters: id, domain, counter, filters, as_of, amount
-- and rows (of the whole list), subjects, amounts (in step, in the order of the list), most (rows that are kept).
WITH head AS (
    INSERT INTO opening (id, domain, counter, filters, as_of, amount, cases, created_at)
    VALUES (%(id)s, %(domain)s, %(counter)s, %(filters)s::json, %(as_of)s, %(amount)s, %(rows)s, %(as_of)s)
)
INSERT INTO opening_item (opening_id, position, subject, amount)
SELECT %(id)s, position, subject, amount
FROM unnest(%(subjects)s::text[], %(amounts)s::bigint[]) WITH ORDINALITY AS l (subject, amount, position)
WHERE position <= %(most)s
