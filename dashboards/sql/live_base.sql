-- The same figures at an earlier moment, to compare with: whole days from the rollup, the moment's own day from the
-- cases, and what was open then: still open now, or ended since. Parameters: first, day, moment, unit.
WITH whole AS (
    SELECT coalesce(sum(accepted), 0) AS accepted, coalesce(sum(finished), 0) AS finished,
        coalesce(sum(on_time), 0) AS on_time, coalesce(sum(late), 0) AS late
    FROM case_by_unit_day
    WHERE day >= %(first)s AND day < %(day)s AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
), taken AS (
    SELECT count(*) AS accepted
    FROM case_state
    WHERE province_day(accepted_at) = %(day)s AND accepted_at <= %(moment)s
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
), done AS (
    SELECT count(*) AS finished, count(*) FILTER (WHERE ended_at <= due_at) AS on_time,
        count(*) FILTER (WHERE ended_at > due_at) AS late
    FROM case_state
    WHERE province_day(ended_at) = %(day)s AND ended_at <= %(moment)s AND end_kind IN ('finished', 'returned')
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
), then_open AS (
    SELECT due_at FROM case_open
    WHERE accepted_at <= %(moment)s AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    UNION ALL
    SELECT due_at FROM case_state
    WHERE province_day(ended_at) >= %(day)s AND ended_at > %(moment)s AND accepted_at <= %(moment)s
        AND voided_at IS NULL AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
)
SELECT (whole.accepted + taken.accepted)::bigint, (whole.finished + done.finished)::bigint,
    (whole.on_time + done.on_time)::bigint, (whole.late + done.late)::bigint,
    (SELECT count(*) FROM then_open), (SELECT count(*) FROM then_open WHERE due_at < %(moment)s)
FROM whole, taken, done
