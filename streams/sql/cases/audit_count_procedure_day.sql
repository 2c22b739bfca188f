-- How many buckets of this grain there are from a day on, and how many of them are all zero (none should be).
SELECT count(*), count(*) FILTER (
    WHERE NOT EXISTS (
        SELECT FROM jsonb_each_text(to_jsonb(b) - ARRAY['procedure', 'day', 'channel']) AS n WHERE n.value <> '0'
    )
)
FROM case_by_procedure_day b
WHERE %(since)s::date IS NULL OR day >= %(since)s::date;
