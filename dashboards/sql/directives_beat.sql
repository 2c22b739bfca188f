-- Another word after every change of the directives that one may see. Parameter: subject (NULL: every one).
SELECT count(*)::text || ' ' || coalesce(sum(hashtext(s.subject || s.detail::text || h.events))::text, '')
    || ' ' || (
        SELECT count(*)::text FROM action_outbox o
        WHERE o.domain = 'directive' AND (%(subject)s::text IS NULL OR o.subject = %(subject)s::text)
            AND NOT EXISTS (
                SELECT FROM subject_event e
                WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text AND e.time = o.time
            )
    )
FROM subject_state s JOIN subject_history h USING (domain, subject)
WHERE s.domain = 'directive' AND (%(subject)s::text IS NULL OR s.subject = %(subject)s::text)
