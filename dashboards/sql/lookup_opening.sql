-- Opens a number of look-ups as the accounts' days that it counts and how much each adds, those with most first;
-- returns the amount and the length of the list. Parameters: id, domain, counter, filters, as_of, first, last, unit,
-- part, most (rows that are kept).
WITH list AS MATERIALIZED (
    SELECT subject, amount
    FROM lookup_counted(%(counter)s::text, %(first)s::date, %(last)s::date, %(unit)s::text, %(part)s::text)
    WHERE amount > 0
), head AS (
    INSERT INTO opening (id, domain, counter, filters, as_of, amount, cases, created_at)
    SELECT %(id)s, %(domain)s, %(counter)s, %(filters)s::json, %(as_of)s, coalesce(sum(amount), 0), count(*), %(as_of)s
    FROM list
    RETURNING amount, cases
), items AS (
    INSERT INTO opening_item (opening_id, position, subject, amount)
    SELECT %(id)s, row_number() OVER (ORDER BY amount DESC, subject), subject, amount
    FROM (SELECT * FROM list ORDER BY amount DESC, subject LIMIT %(most)s) AS first
)
SELECT amount, cases FROM head
