-- Parameters: at, who, kind, role, what, object, units, rows, address, unit_rows (how many of the rows were of each of the
-- units; NULL where that is not told).
SELECT access_recorded(
    %(at)s, %(who)s, %(kind)s, %(role)s, %(what)s, %(object)s, %(units)s, %(rows)s::bigint, %(address)s,
    %(unit_rows)s::bigint[]
)
