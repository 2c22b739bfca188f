-- How many events since a moment each audited table holds, and how many days of look-ups there are.
SELECT (SELECT count(*) FROM case_event WHERE time >= %(since)s AND time < 'infinity') AS cases,
    (SELECT count(*) FROM subject_event WHERE time >= %(since)s AND time < 'infinity') AS subjects,
    (SELECT count(*) FROM lookup_event WHERE time >= %(since)s AND time < 'infinity')
    + (SELECT count(*) FROM lookup_exception WHERE time >= %(since)s AND time < 'infinity') AS lookups,
    (SELECT count(*) FROM lookup_day) AS days;
