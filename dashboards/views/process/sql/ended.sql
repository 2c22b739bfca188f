-- What the cases of a procedure that ended in the period say of it, read once. Two kinds of rows: ways (times NULL), their
-- steps, how they ended and why they first turned back, with how many cases and how often those turned back; and times, how
-- often a step (NULL: the end) took so many whole minutes with the office and with others, and the sum of its places.
-- Parameters: procedure, unit, first, last.
WITH ended AS MATERIALIZED (
    SELECT s.path, s.path_office_s, s.path_waited_s, s.end_kind, s.loops, s.loop_reason
    FROM case_in_process(
        %(procedure)s, %(unit)s, coalesce(%(first)s::date, '-infinity'), coalesce(%(last)s::date, 'infinity'),
        'ended', NULL, NULL, NULL
    ) s
), ways AS (
    SELECT e.path, e.end_kind, e.loop_reason, count(*) AS cases, sum(e.loops)::bigint AS loops
    FROM ended e GROUP BY e.path, e.end_kind, e.loop_reason
), times AS (
    SELECT t.step, t.office_s / 60 AS office, t.waited_s / 60 AS waited, count(*) AS times, sum(t.place)::bigint AS places
    FROM ended e
    CROSS JOIN LATERAL unnest(e.path, e.path_office_s, e.path_waited_s) WITH ORDINALITY
        AS t (step, office_s, waited_s, place)
    GROUP BY t.step, t.office_s / 60, t.waited_s / 60
)
SELECT w.path, w.end_kind, w.loop_reason, w.cases, w.loops, case_way(w.path, w.end_kind) AS variant,
    NULL::text AS step, NULL::integer AS office, NULL::integer AS waited, NULL::bigint AS times, NULL::bigint AS places
FROM ways w
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, t.step, t.office, t.waited, t.times, t.places FROM times t
