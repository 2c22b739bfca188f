-- Every flow counter from the cases themselves, for questions finer than any rollup (unit and procedure within a month).
-- One row for each key and counter. Parameters: by, first, last, unit, channel, procedure.
SELECT
    CASE %(by)s::text
        WHEN 'unit' THEN unit WHEN 'procedure' THEN procedure WHEN 'channel' THEN channel WHEN 'day' THEN day::text
        ELSE ''
    END AS key,
    counter,
    sum(amount)::bigint AS amount
FROM case_flow
WHERE day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
GROUP BY 1, 2
