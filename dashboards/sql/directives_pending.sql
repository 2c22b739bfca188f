-- Commands that are on their way: written and not state yet, the oldest first. Parameter: subject (NULL: every one).
SELECT o.subject, o.kind, o.unit, o.time, o.by_name, o.event
FROM action_outbox o
WHERE o.domain = 'directive' AND (%(subject)s::text IS NULL OR o.subject = %(subject)s::text)
    AND NOT EXISTS (
        SELECT FROM subject_event e
        WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
    )
ORDER BY o.number
LIMIT 500
