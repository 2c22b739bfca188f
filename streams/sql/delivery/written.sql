-- Says an answer on ioc.actions, once. Parameters: id, subject, kind, time, event, asked.
SELECT outcome FROM action_written(
    %(id)s::uuid, 'hold', %(subject)s, %(kind)s, '', NULL, %(time)s::timestamptz, %(event)s, %(asked)s::bytea, ''
)
