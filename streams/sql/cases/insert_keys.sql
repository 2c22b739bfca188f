-- A row to lock for every case of the span; FOR UPDATE alone locks no missing row. In key order.
INSERT INTO case_history (subject)
SELECT subject FROM unnest(%(subjects)s::text[]) AS k (subject) ORDER BY subject COLLATE "C"
ON CONFLICT DO NOTHING;
