-- Histories that have grown.
UPDATE case_history h SET events = n.events, oversized = n.oversized
FROM unnest(%(subjects)b::text[], %(events)b::text[], %(oversized)b::boolean[]) AS n (subject, events, oversized)
WHERE h.subject = n.subject;
