-- How many cases of a unit were open and past their deadline at each of these moments, by the deadlines of today.
SELECT m.at, count(s.subject)
FROM unnest(%(moments)s::timestamptz[]) AS m (at)
LEFT JOIN case_state s ON s.unit = %(unit)s AND s.accepted_at <= m.at AND s.due_at < m.at
    AND (s.ended_at IS NULL OR s.ended_at > m.at) AND s.voided_at IS NULL
GROUP BY m.at ORDER BY m.at
