-- The gateway's tokens are keys like those of programs: hashed, with an end, two of a name while one follows the other,
-- their making and ending on record. What a source is (name, urn, types, units) stays in gateway_source.

ALTER TABLE access_credential DROP CONSTRAINT access_credential_role_check;
ALTER TABLE access_credential ADD CONSTRAINT access_credential_role_check CHECK (role IN ('program', 'kiosk', 'source'));
ALTER TABLE access_credential ADD CONSTRAINT access_credential_source_check
    CHECK (role <> 'source' OR (kind = 'key' AND units = '{}' AND scopes = '{}')); -- what it may send, gateway_source says

-- Those that there are go on, and end a year from today: until now they had no end.
INSERT INTO access_credential (kind, token, name, role, created_at, created_by, expires_at, used_at)
SELECT 'key', token, name, 'source', token_at, 'migration 0038', now() + interval '1 year', token_at FROM gateway_source;
SELECT access_recorded(now(), 'migration 0038', 'process', '', 'key_made', 'source ' || name, '{}', NULL, '')
FROM (SELECT name FROM gateway_source ORDER BY name) s;

ALTER TABLE gateway_source DROP COLUMN token, DROP COLUMN token_at;

-- All that the gateway sees of access_credential: it asks with the rights of the view's owner. The barrier keeps a function
-- of whoever asks from being handed the rows that are left out.
CREATE VIEW gateway_token WITH (security_barrier = true) AS
SELECT name, token, expires_at FROM access_credential WHERE kind = 'key' AND role = 'source' AND ended_at IS NULL;
