-- A row to lock for every subject of the span; FOR UPDATE alone locks no missing row. In key order.
INSERT INTO lookup_day (subject)
SELECT subject FROM unnest(%(subjects)b::text[]) AS s (subject)
ORDER BY subject COLLATE "C"
ON CONFLICT DO NOTHING;
