-- The histories of these subjects that are held. Of one with too many events there is none.
SELECT k.domain, k.subject, h.events
FROM unnest(%(domains)s::text[], %(subjects)s::text[]) AS k (domain, subject) JOIN case_history h ON h.subject = k.subject
WHERE k.domain = 'case' AND NOT h.oversized
UNION ALL
SELECT k.domain, k.subject, h.events
FROM unnest(%(domains)s::text[], %(subjects)s::text[]) AS k (domain, subject)
JOIN subject_history h ON h.domain = k.domain AND h.subject = k.subject
WHERE NOT h.oversized;
