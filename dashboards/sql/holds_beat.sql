-- Another word after every change of holding orders, of their delivery and of whether it works. Parameters: subject (NULL:
-- every one), silent_before.
SELECT concat_ws(' ',
    (
        SELECT count(*)::text || ' ' || coalesce(sum(hashtext(s.subject || s.detail::text || h.events))::text, '')
        FROM subject_state s JOIN subject_history h USING (domain, subject)
        WHERE s.domain = 'hold' AND (%(subject)s::text IS NULL OR s.subject = %(subject)s::text)
    ),
    (
        SELECT count(*) FROM action_outbox o
        WHERE o.domain = 'hold' AND (%(subject)s::text IS NULL OR o.subject = %(subject)s::text) AND NOT EXISTS (
            SELECT FROM subject_event e
            WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
        )
    ),
    (
        SELECT coalesce(sum(hashtext(concat_ws(' ', d.subject, d.message, d.tries, d.failure))), 0) FROM hold_delivery d
        WHERE d.answered_at IS NULL AND (%(subject)s::text IS NULL OR d.subject = %(subject)s::text)
    ),
    (SELECT concat_ws(' ', r.known, r.seen_at < %(silent_before)s) FROM hold_receiver r)
)
