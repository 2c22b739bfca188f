-- Systems whose last look reached them and got no numbers, with why. Parameters: since (a look before it says nothing now).
SELECT s.part, s.detail ->> 'unreadable' AS why
FROM subject_state AS s
WHERE s.domain = 'system' AND s.standing = 'unread' AND s.last_at >= %(since)s
    AND NOT EXISTS (
        SELECT FROM subject_state AS n WHERE n.domain = 'system' AND n.part = s.part AND n.last_at > s.last_at
    )
ORDER BY s.last_at DESC, s.part COLLATE "C"
LIMIT 3
