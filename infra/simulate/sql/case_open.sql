-- Open and overdue cases by unit and channel, as the screens count them at that moment. Parameter: as_of.
SELECT unit, channel, count(*), count(*) FILTER (WHERE due_at < %(as_of)s) FROM case_open GROUP BY unit, channel;
