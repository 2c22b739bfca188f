-- Adds the span's differences to the rollup, in key order.
INSERT INTO subject_figure AS f (domain, counter, unit, part, day, amount, subjects)
SELECT n.domain, n.counter, n.unit, n.part, date '1970-01-01' + n.day, n.amount, n.subjects
FROM unnest(
    %(domain)b::text[], %(counter)b::text[], %(unit)b::text[], %(part)b::text[], %(day)b::integer[],
    %(amount)b::bigint[], %(subjects)b::bigint[]
) AS n (domain, counter, unit, part, day, amount, subjects)
ORDER BY n.domain COLLATE "C", n.counter COLLATE "C", n.unit COLLATE "C", n.part COLLATE "C", n.day
ON CONFLICT (domain, counter, unit, part, day) DO UPDATE SET
    amount = f.amount + excluded.amount,
    subjects = f.subjects + excluded.subjects;
