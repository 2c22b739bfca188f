-- A row to lock for every subject of the span; FOR UPDATE alone locks no missing row. In key order.
INSERT INTO subject_history (domain, subject)
SELECT domain, subject FROM unnest(%(domains)s::text[], %(subjects)s::text[]) AS k (domain, subject)
ORDER BY domain COLLATE "C", subject COLLATE "C"
ON CONFLICT DO NOTHING;
