-- On record (access_record): which files of units, rules, limits and calendar were loaded. Parameters: now, by, files,
-- rows.
SELECT access_recorded(
    %(now)s, %(by)s, 'operator', '', 'reference_loaded', left(%(files)s, 200), '{}', %(rows)s::bigint, ''
)
