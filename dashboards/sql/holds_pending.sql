-- What people have said of holding orders and is not state yet, the oldest first. Parameters: subject, prefix, finding
-- (each NULL: any).
SELECT o.subject, o.kind, o.time, o.by_name, o.event
FROM action_outbox o
WHERE o.domain = 'hold' AND o.kind IN ('ordered', 'lifted')
    AND (%(subject)s::text IS NULL OR o.subject = %(subject)s::text)
    AND (%(prefix)s::text IS NULL OR starts_with(o.subject, %(prefix)s::text))
    AND (%(finding)s::text IS NULL OR o.event::jsonb -> 'data' ->> 'finding' = %(finding)s::text)
    AND NOT EXISTS (
        SELECT FROM subject_event e
        WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
    )
ORDER BY o.number
LIMIT 500
