-- Adds the span's differences to the rollup, in key order.
INSERT INTO subject_figure AS f (domain, counter, unit, part, day, amount, subjects)
SELECT n.domain, n.counter, n.unit, n.part, date '1970-01-01' + n.day, n.amount, n.subjects
FROM unnest(
    %(domain)s::text[], %(counter)s::text[], %(unit)s::text[], %(part)s::text[], %(day)s::integer[],
    %(amount)s::bigint[], %(subjects)s::bigint[]
) AS n (domain, counter, unit, part, day, amount, subjects)
ORDER BY n.domain COLLATE "C", n.counter COLLATE "C", n.unit COLLATE "C", n.part COLLATE "C", n.day
ON CONFLICT (domain, counter, unit, part, day) DO UPDATE SET
    amount = f.amount + excluded.amount,
    subjects = f.subjects + excluded.subjects;
