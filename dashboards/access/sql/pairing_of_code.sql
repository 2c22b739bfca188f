-- Which screen waits with this code, so that an administrator sees whom he would let in. Parameters: code, now.
SELECT browser, asked_from, created_at FROM access_pairing
WHERE code = %(code)s AND confirmed_at IS NULL AND expires_at > %(now)s
