-- Today's look-ups by ten minutes, as they were counted when they came. Parameters: since, until.
SELECT floor(extract(epoch FROM minute - %(since)s) / 600)::integer AS ten, sum(lookups)::bigint AS lookups
FROM lookup_minute WHERE minute >= %(since)s AND minute < %(until)s GROUP BY 1
