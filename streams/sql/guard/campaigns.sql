-- Announced campaigns that may concern these days. Parameters: day.
SELECT name, unit, application, first_day - date '1970-01-01', last_day - date '1970-01-01', lookups
FROM lookup_campaign WHERE withdrawn_at IS NULL AND last_day >= %(day)s - 1 AND first_day <= %(day)s + 1;
