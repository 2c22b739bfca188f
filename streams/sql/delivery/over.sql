-- Orders that wait no longer: their end passed without an answer, or nobody has confirmed the end for a day. Those whose
-- giving up is on its way are left out. Parameters: now (less what a try may take), last (a day before), limit.
SELECT s.subject, s.detail, EXISTS (SELECT FROM hold_delivery d WHERE d.subject = s.subject) AS reached
FROM subject_state s
WHERE s.domain = 'hold' AND s.voided_at IS NULL
    AND ((s.standing = 'ordered' AND s.due_at <= %(now)s)
        OR (s.standing IN ('held', 'ended_early') AND s.due_at <= %(last)s))
    AND NOT EXISTS (
        SELECT FROM hold_delivery d WHERE d.subject = s.subject AND d.answered_at IS NOT NULL
            AND d.message = CASE WHEN s.standing = 'ordered' THEN 'start' ELSE 'end' END
    )
    AND NOT EXISTS (
        SELECT FROM action_outbox o WHERE o.domain = 'hold' AND o.subject = s.subject AND o.kind = 'unanswered'
    )
ORDER BY s.due_at, s.subject
LIMIT %(limit)s
