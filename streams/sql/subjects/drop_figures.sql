-- Rows to which nobody contributes any more.
DELETE FROM subject_figure f
USING unnest(%(domain)s::text[], %(counter)s::text[], %(unit)s::text[], %(part)s::text[], %(day)s::integer[])
    AS n (domain, counter, unit, part, day)
WHERE f.domain = n.domain AND f.counter = n.counter AND f.unit = n.unit AND f.part = n.part
    AND f.day = date '1970-01-01' + n.day AND f.subjects = 0;
