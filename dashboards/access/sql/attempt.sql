-- Signing in failed. Those of long ago go. Parameters: subject, address, now, since.
WITH gone AS (DELETE FROM access_attempt WHERE at < %(since)s)
INSERT INTO access_attempt (subject, address, at) VALUES (%(subject)s, %(address)s, %(now)s)
