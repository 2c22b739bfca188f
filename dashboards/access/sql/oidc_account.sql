-- The provider's account as it says today, made where there is none; another role or other units end its sessions. What
-- an operator decided stays: that it is disabled, and a role that he gave. Parameters: issuer, subject, name, role, units,
-- now. What stood before is read as of the statement's beginning: without FOR UPDATE, which passes over a row that the
-- same statement has changed.
WITH before AS (
    SELECT id, role, units FROM access_account WHERE issuer = %(issuer)s AND subject = %(subject)s
), after AS (
    INSERT INTO access_account AS a (issuer, subject, name, role, units, created_at)
    VALUES (%(issuer)s, %(subject)s, %(name)s, %(role)s, %(units)s, %(now)s)
    ON CONFLICT (issuer, subject) DO UPDATE SET
        name = excluded.name,
        role = CASE WHEN a.role_by_operator THEN a.role ELSE excluded.role END,
        units = CASE WHEN a.role_by_operator THEN a.units ELSE excluded.units END
    RETURNING id, role, units, disabled_at, role_by_operator
), changed AS (
    SELECT a.id FROM before b JOIN after a USING (id) WHERE (a.role, a.units) IS DISTINCT FROM (b.role, b.units)
), ended AS (
    UPDATE access_credential SET ended_at = %(now)s
    WHERE account IN (SELECT id FROM changed) AND ended_at IS NULL
    RETURNING id
)
SELECT id::text, role, units, disabled_at IS NOT NULL, role_by_operator,
    NOT EXISTS (SELECT FROM before), EXISTS (SELECT FROM changed), ARRAY(SELECT id::text FROM ended)
FROM after
