-- Units with cases past their deadline, and with cases due until a moment. Parameters: as_of, until.
SELECT unit, count(*) FILTER (WHERE due_at < %(as_of)s), count(*) FILTER (WHERE due_at >= %(as_of)s),
    min(due_at) FILTER (WHERE due_at >= %(as_of)s), min(due_at) FILTER (WHERE due_at < %(as_of)s)
FROM case_now
WHERE open AND due_at < %(until)s
GROUP BY unit
