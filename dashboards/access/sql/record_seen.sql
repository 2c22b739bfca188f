-- Who has seen the data of units, by day of the province: how often lists and cases were read, how many rows of these
-- units that were, how many numbers were opened. Parameters: units, since, until.
SELECT (r.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, coalesce(a.name, c.name, r.who) AS name, r.role, r.who,
    count(*) FILTER (WHERE r.what <> 'list_opened') AS readings,
    coalesce(sum(own.rows) FILTER (WHERE r.what <> 'list_opened'), 0)::bigint AS rows,
    count(*) FILTER (WHERE r.what = 'list_opened') AS opened
FROM access_record r
CROSS JOIN LATERAL (
    SELECT sum(u.rows) AS rows FROM unnest(r.units, r.unit_rows) AS u (unit, rows) WHERE u.unit = ANY (%(units)s::text[])
) AS own
LEFT JOIN access_account a ON a.id::text = r.who
LEFT JOIN access_credential c ON c.id::text = r.who AND c.kind <> 'session'
WHERE r.units && %(units)s::text[] AND access_is_reading(r.what)
    AND r.at >= %(since)s AND r.at < %(until)s
GROUP BY 1, 2, 3, 4
ORDER BY 1 DESC, 6 DESC, 2
