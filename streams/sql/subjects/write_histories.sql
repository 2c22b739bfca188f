-- Histories that have grown.
UPDATE subject_history h SET events = n.events, oversized = n.oversized
FROM unnest(%(domain)s::text[], %(subject)s::text[], %(events)s::text[], %(oversized)s::boolean[])
    AS n (domain, subject, events, oversized)
WHERE h.domain = n.domain AND h.subject = n.subject;
