-- A reading, with how many of its rows were of each unit. Parameters: at, who, kind, role, what, object, units, rows,
-- address, unit_rows.
SELECT access_recorded(
    %(at)s, %(who)s, %(kind)s, %(role)s, %(what)s, %(object)s, %(units)s, %(rows)s::bigint, %(address)s,
    %(unit_rows)s::bigint[]
)
