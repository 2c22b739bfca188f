-- The last walk along the chain.
SELECT checked_at, through, broken, coalesce(encode(digest, 'hex'), '') FROM access_record_check ORDER BY checked_at DESC LIMIT 1
