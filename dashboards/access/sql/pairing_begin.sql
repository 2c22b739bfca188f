-- A screen begins to wait; nothing where too many wait already, or where another shows that code just now. Those of long
-- ago go. Parameters: claim, code, browser, address, now, expires_at, since, most_from_address, most.
WITH gone AS (DELETE FROM access_pairing WHERE expires_at < %(since)s)
INSERT INTO access_pairing (claim, code, browser, asked_from, created_at, expires_at)
SELECT %(claim)s, %(code)s, %(browser)s, %(address)s, %(now)s, %(expires_at)s
FROM (
    SELECT count(*) AS waiting, count(*) FILTER (WHERE asked_from = %(address)s) AS waiting_there,
        count(*) FILTER (WHERE code = %(code)s) AS alike
    FROM access_pairing WHERE expires_at > %(now)s AND taken_at IS NULL
) w
WHERE w.waiting < %(most)s AND w.waiting_there < %(most_from_address)s AND w.alike = 0
RETURNING expires_at
