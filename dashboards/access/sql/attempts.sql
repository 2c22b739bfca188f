-- How often signing in failed lately, by that name and from that address. Parameters: subject, address, since.
SELECT count(*) FILTER (WHERE subject = %(subject)s), count(*) FILTER (WHERE address = %(address)s)
FROM access_attempt WHERE at > %(since)s AND (subject = %(subject)s OR address = %(address)s)
