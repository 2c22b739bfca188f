-- How far everything has been taken: one row, also before anything was. Small enough to be asked twice a second.
SELECT
    (SELECT epoch FROM stream_epoch) AS epoch,
    coalesce(sum(next), 0)::bigint AS next,
    coalesce(sum(records), 0)::bigint AS records,
    coalesce(sum(duplicates), 0)::bigint AS duplicates,
    coalesce(sum(rejected), 0)::bigint AS rejected,
    province_clock(max(received_at)) AS received_at,
    province_clock(max(changed_at)) AS changed_at
FROM stream_offset
