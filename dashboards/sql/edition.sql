-- What an edition of answers is of: it is another as soon as any of these is. Small enough to be asked twice a second.
SELECT
    (SELECT epoch FROM stream_epoch),
    (SELECT coalesce(sum(next), 0)::bigint FROM stream_offset),
    (SELECT coalesce(sum(records + duplicates + rejected), 0)::bigint FROM stream_offset),
    (SELECT coalesce(max(id), 0) FROM ref_load),
    (SELECT max(made_at) FROM forecast_run)
