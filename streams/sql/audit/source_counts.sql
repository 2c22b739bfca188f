-- Events that the sources were counted to have sent, and events there are in all books.
SELECT (SELECT coalesce(sum(events), 0)::bigint FROM stream_source),
    (SELECT count(*) FROM case_event WHERE time >= '2010-01-01' AND time < 'infinity')
    + (SELECT count(*) FROM subject_event WHERE time >= '2010-01-01' AND time < 'infinity')
    + (SELECT count(*) FROM lookup_event WHERE day >= '2010-01-01' AND day < 'infinity')
    + (SELECT count(*) FROM lookup_exception)
    + (SELECT count(*) FROM source_digest);
