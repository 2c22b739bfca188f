-- What fails or is about to: certificates that ended or end soon and milestones past their day, by system, with the first
-- of their deadlines; systems that the last look did not reach, or found nearly full (in ‰).
-- Parameters: as_of, soon, since (a look before it says nothing now), full.
SELECT
    CASE WHEN s.domain = 'milestone' THEN 'milestone' WHEN s.due_at < %(as_of)s THEN 'expired' ELSE 'expiring' END AS what,
    s.part AS system, max(s.unit) AS unit, count(*) AS many, min(s.due_at) AS at, NULL::integer AS permille
FROM subject_state AS s
WHERE (s.domain = 'certificate' AND s.standing = 'held' AND s.due_at < %(soon)s)
    OR (s.domain = 'milestone' AND s.standing = 'open' AND s.due_at < %(as_of)s)
GROUP BY 1, 2
UNION ALL
SELECT CASE WHEN s.standing = 'down' THEN 'down' ELSE 'full' END, s.part, s.unit, 1, s.last_at,
    (s.detail ->> 'capacity_permille')::integer
FROM subject_state AS s
WHERE s.domain = 'system' AND s.last_at >= %(since)s
    AND (s.standing = 'down' OR (s.detail ->> 'capacity_permille')::integer >= %(full)s)
    AND NOT EXISTS (
        SELECT FROM subject_state AS n WHERE n.domain = 'system' AND n.part = s.part AND n.last_at > s.last_at
    )
ORDER BY 1, 2
