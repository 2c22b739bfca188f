-- What the day has come to, by unit and application. Parameters: since, until.
SELECT unit, application, sum(lookups)::bigint FROM lookup_minute
WHERE minute >= %(since)s AND minute < %(until)s GROUP BY unit, application;
