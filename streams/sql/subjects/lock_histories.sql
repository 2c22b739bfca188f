-- The histories of the span's subjects, locked in key order until the transaction ends.
SELECT h.domain, h.subject, h.events, h.oversized
FROM subject_history h
JOIN unnest(%(domains)s::text[], %(subjects)s::text[]) AS k (domain, subject) USING (domain, subject)
ORDER BY h.domain, h.subject
FOR UPDATE OF h;
