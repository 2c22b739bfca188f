-- Petitions that count for 5.2 and 5.3, by unit; unit NULL is all of them together. Of a period that is over it changes by
-- events only. Parameters: first, last, at, unit.
SELECT unit, count(*) AS counted, count(*) FILTER (WHERE answered) AS answered, count(*) FILTER (WHERE NOT late) AS on_time,
    count(*) FILTER (WHERE disliked AND NOT late) AS disliked_on_time,
    count(*) FILTER (WHERE disliked AND late) AS disliked_late
FROM score_petition(%(first)s::date, %(last)s::date, %(at)s::timestamptz, %(unit)s::text)
GROUP BY GROUPING SETS ((unit), ())
HAVING count(*) > 0
