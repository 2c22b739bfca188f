-- Which of these look-ups do not stand: voided or corrected before they came.
-- By their place in the arrays, from 1.
SELECT n.place
FROM unnest(%(subject)b::text[], %(source)b::text[], %(id)b::text[], %(day)b::date[])
    WITH ORDINALITY AS n (subject, source, id, day, place)
WHERE NOT EXISTS (
    SELECT FROM (
        SELECT FROM lookup_standing s
        WHERE s.subject = n.subject AND s.source = n.source AND s.id = n.id AND s.day = n.day
        OFFSET 0
    ) AS s
);
