-- Holding orders as they stand, those that are not over first, then the latest; with the try that is under way or was the
-- last. Parameters: subject, prefix (of subjects), finding (each NULL: any), limit.
SELECT s.subject, s.standing, coalesce(s.title, '') AS sentence, s.opened_at, s.due_at AS ends_at, s.ended_at, s.detail,
    d.tries, d.failure
FROM subject_state s
LEFT JOIN LATERAL (
    SELECT h.tries, h.failure FROM hold_delivery h WHERE h.subject = s.subject ORDER BY h.sent_at DESC LIMIT 1
) AS d ON true
WHERE s.domain = 'hold' AND s.standing <> '' AND s.voided_at IS NULL
    AND (%(subject)s::text IS NULL OR s.subject = %(subject)s::text)
    AND (%(prefix)s::text IS NULL OR starts_with(s.subject, %(prefix)s::text))
    AND (%(finding)s::text IS NULL OR s.detail ->> 'finding' = %(finding)s::text)
ORDER BY s.ended_at IS NOT NULL, s.opened_at DESC, s.subject
LIMIT %(limit)s
