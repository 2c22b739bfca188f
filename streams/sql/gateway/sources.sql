-- Every token that may send, until when, and what: two of a source while one follows the other. Parameters: now.
SELECT t.token, t.expires_at, s.name, s.urn, s.types, s.units
FROM gateway_token t JOIN gateway_source s ON s.name = t.name
WHERE t.expires_at > %(now)s;
