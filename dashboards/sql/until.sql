-- What was accepted and finished on one day up to a moment of it: to compare today with the same hour of another day.
-- Parameters: day, moment, unit, channel.
SELECT 'accepted' AS counter, count(*) AS amount
FROM case_state
WHERE province_day(accepted_at) = %(day)s::date AND accepted_at <= %(moment)s
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
UNION ALL
SELECT unnest(ARRAY['finished', 'on_time', 'late']),
    unnest(ARRAY[count(*), count(*) FILTER (WHERE ended_at <= due_at), count(*) FILTER (WHERE ended_at > due_at)])
FROM case_state
WHERE province_day(ended_at) = %(day)s::date AND ended_at <= %(moment)s AND end_kind IN ('finished', 'returned')
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
