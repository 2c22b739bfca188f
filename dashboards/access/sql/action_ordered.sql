-- Takes a command of an asker, with its record; what came of it, and who was first where somebody was.
SELECT outcome, by_name, kind, at FROM action_ordered(
    %(id)s::uuid, %(domain)s, %(subject)s, %(kind)s, %(unit)s, %(after)s::integer, %(time)s::timestamptz, %(event)s,
    %(asked)s::bytea, %(by_name)s,
    %(at)s::timestamptz, %(asker_who)s, %(asker_kind)s, %(asker_role)s, %(what)s, %(object)s, %(units)s::text[],
    %(asker_address)s
)
