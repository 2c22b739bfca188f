-- What a screen counts in its period, by unit and channel at once, so that every tile adds up from the same rows.
-- Parameters: first, last, unit.
SELECT unit, channel, sum(accepted)::bigint, sum(finished)::bigint, sum(on_time)::bigint, sum(late)::bigint
FROM case_by_unit_day
WHERE day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
GROUP BY unit, channel
