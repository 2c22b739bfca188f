-- The minutes of the last hour. Parameters: since, until.
SELECT (extract(epoch FROM minute) / 60)::bigint, unit, application, lookups, without_case, not_found, errors
FROM lookup_minute WHERE minute >= %(since)s AND minute < %(until)s;
