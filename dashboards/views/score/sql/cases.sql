-- A page of the cases that a component of Quyết định 766 lacks, in the order of their codes. Parameters: as score_lacking, after,
-- limit, offset.
SELECT s.subject, s.unit, s.procedure, s.accepted_at, s.due_766, s.ended_at, s.last_unit
FROM (
    SELECT l.subject FROM score_lacking(
        %(progress)s, %(disliked)s, %(has)s, %(lacks)s, %(first)s::date, %(last)s::date, %(at)s::timestamptz, %(unit)s::text
    ) AS l
    WHERE l.subject > %(after)s
    ORDER BY l.subject
    LIMIT %(limit)s OFFSET %(offset)s
) AS page JOIN case_state s USING (subject)
ORDER BY s.subject
