-- How many cases a component lacks. Parameters: as score_lacking.
SELECT count(*)
FROM score_lacking(
    %(progress)s, %(disliked)s, %(has)s, %(lacks)s, %(first)s::date, %(last)s::date, %(at)s::timestamptz, %(unit)s::text
)
