-- Every flow counter from the cases themselves, for questions finer than any rollup (unit and procedure within a month).
-- One row for each key and counter. Parameters: by, first, last, unit, channel, procedure.
WITH flow AS (
    SELECT counter, unit, procedure, channel, day, amount
    FROM case_flow_single
    UNION ALL
    -- Nothing but a conflict lies after a case's last event, and last_at has an index.
    SELECT counter, unit, procedure, channel, day, amount
    FROM case_flow_repeated
    WHERE counter <> 'conflicts'
        AND last_at >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
    UNION ALL
    -- Hardly a case has one: its text tells without taking every case's JSON apart.
    SELECT f.flow ->> 0, s.unit, s.procedure, s.channel, date '1970-01-01' + (f.flow ->> 2)::integer, (f.flow ->> 3)::bigint
    FROM case_state s CROSS JOIN LATERAL json_array_elements(s.flows) AS f (flow)
    WHERE s.flows::text LIKE '%%"conflicts"%%' AND f.flow ->> 0 = 'conflicts'
)
SELECT
    CASE %(by)s::text
        WHEN 'unit' THEN unit WHEN 'procedure' THEN procedure WHEN 'channel' THEN channel WHEN 'day' THEN day::text
        ELSE ''
    END AS key,
    counter,
    sum(amount)::bigint AS amount
FROM flow
WHERE day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(procedure)s::text IS NULL OR procedure = %(procedure)s::text)
GROUP BY 1, 2
