-- Parameters: at, who, kind, role, what, object, units, rows, address.
SELECT access_recorded(
    %(at)s, %(who)s, %(kind)s, %(role)s, %(what)s, %(object)s, %(units)s, %(rows)s::bigint, %(address)s
)
