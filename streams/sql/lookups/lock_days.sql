-- The span's subjects, locked in key order until the transaction ends. Answers those that are not plain.
WITH locked AS MATERIALIZED (
    SELECT d.subject, d.exceptions, d.voidings
    FROM lookup_day d
    WHERE d.subject = ANY (%(subjects)b::text[])
    ORDER BY d.subject
    FOR UPDATE
)
SELECT subject, voidings FROM locked WHERE exceptions;
