-- Messages that are to be sent now, the oldest orders first: an order that nobody has answered and whose end is to come,
-- and the end of one that a person ended early, or whose time is over. Parameters: now, limit.
SELECT m.subject, m.message, m.detail, m.due_at, m.opened_at, coalesce(d.tries, 0) AS tries
FROM (
    SELECT s.subject, s.detail, s.due_at, s.opened_at,
        CASE WHEN s.standing = 'ordered' THEN 'start' ELSE 'end' END AS message
    FROM subject_state s
    WHERE s.domain = 'hold' AND s.standing IN ('ordered', 'held', 'ended_early') AND s.voided_at IS NULL
        AND CASE s.standing
            WHEN 'ordered' THEN s.due_at > %(now)s
            WHEN 'held' THEN s.due_at <= %(now)s
            ELSE true
        END
) AS m
LEFT JOIN hold_delivery d ON d.subject = m.subject AND d.message = m.message
WHERE d.answered_at IS NULL AND coalesce(d.next_at <= %(now)s, true)
ORDER BY m.opened_at, m.subject
LIMIT %(limit)s
