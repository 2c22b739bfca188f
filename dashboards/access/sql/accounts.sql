-- Every account, with how many sessions it has.
SELECT a.subject, a.issuer, a.name, a.role, a.units, a.created_at, a.disabled_at,
    (SELECT count(*) FROM access_credential c WHERE c.account = a.id AND c.ended_at IS NULL AND c.expires_at > now())
FROM access_account a ORDER BY a.issuer, a.subject
