-- Open cases by unit at a moment: all, overdue, due by the end of its day; and the next moment at which one falls due.
-- Parameters: as_of, day_end, unit.
SELECT unit, count(*), count(*) FILTER (WHERE due_at < %(as_of)s),
    count(*) FILTER (WHERE due_at >= %(as_of)s AND due_at <= %(day_end)s),
    max(due_at) FILTER (WHERE due_at >= %(as_of)s AND due_at <= %(day_end)s),
    min(due_at) FILTER (WHERE due_at >= %(as_of)s)
FROM case_open
WHERE %(unit)s::text IS NULL OR unit = %(unit)s::text
GROUP BY unit
