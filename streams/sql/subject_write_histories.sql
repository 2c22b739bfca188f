-- Histories that have grown.
UPDATE subject_history h SET events = n.events, oversized = n.oversized
FROM unnest(%(domain)b::text[], %(subject)b::text[], %(events)b::text[], %(oversized)b::boolean[])
    AS n (domain, subject, events, oversized)
WHERE h.domain = n.domain AND h.subject = n.subject;
