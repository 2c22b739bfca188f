-- Commands that were sent long ago and are held as events.
DELETE FROM action_outbox o
WHERE o.sent_at < %(before)s AND EXISTS (
    SELECT FROM subject_event e
    WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
);
