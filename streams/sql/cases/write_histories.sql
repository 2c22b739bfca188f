-- Histories that have grown.
UPDATE case_history h SET events = n.events, oversized = n.oversized
FROM unnest(%(subjects)s::text[], %(events)s::text[], %(oversized)s::boolean[]) AS n (subject, events, oversized)
WHERE h.subject = n.subject;
