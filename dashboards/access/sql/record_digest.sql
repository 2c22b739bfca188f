-- The hash of one row. Parameter: number.
SELECT encode(digest, 'hex') FROM access_record WHERE number = %(number)s
