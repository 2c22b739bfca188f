-- A page of the record, the latest first; by number, so that every page costs the same. Parameters: before, since, until,
-- who (part of a name or the id), what, units (any of them), each NULL for no filter; readings; most.
SELECT r.number, r.at, coalesce(a.name, c.name, r.who), r.kind, r.role, r.what, r.object, r.units, r.rows, r.unit_rows,
    r.address, r.forgotten
FROM access_record r
LEFT JOIN access_account a ON a.id::text = r.who
LEFT JOIN access_credential c ON c.id::text = r.who AND c.kind <> 'session'
WHERE (%(before)s::bigint IS NULL OR r.number < %(before)s)
    AND (%(since)s::timestamptz IS NULL OR r.at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR r.at < %(until)s)
    AND (%(what)s::text IS NULL OR r.what = %(what)s)
    AND (%(units)s::text[] IS NULL OR r.units && %(units)s)
    AND (NOT %(readings)s OR access_is_reading(r.what))
    AND (
        %(who)s::text IS NULL OR r.who = %(who)s
        OR strpos(lower(coalesce(a.name, c.name, '') || ' ' || coalesce(a.subject, '')), lower(%(who)s)) > 0
    )
ORDER BY r.number DESC
LIMIT %(most)s
