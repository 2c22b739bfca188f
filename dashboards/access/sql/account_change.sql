-- Changes an account and ends its sessions. Parameters: subject, issuer, role (NULL: as it is; of a provider's account it
-- stays from now on), units, by_provider (its role is what claims say again), disabled (NULL: as it is), password (NULL: as
-- it is), now.
WITH changed AS (
    UPDATE access_account SET
        role = coalesce(%(role)s, role),
        units = CASE WHEN %(role)s::text IS NULL THEN units ELSE %(units)s END,
        role_by_operator = CASE WHEN %(by_provider)s THEN false WHEN %(role)s::text IS NULL THEN role_by_operator ELSE issuer <> '' END,
        disabled_at = CASE %(disabled)s::boolean WHEN true THEN coalesce(disabled_at, %(now)s) WHEN false THEN NULL ELSE disabled_at END,
        password = coalesce(%(password)s, password),
        password_at = CASE WHEN %(password)s::text IS NULL THEN password_at ELSE %(now)s END,
        change_password = change_password OR %(password)s::text IS NOT NULL
    WHERE subject = %(subject)s AND issuer = %(issuer)s AND (issuer = '' OR %(password)s::text IS NULL)
    RETURNING id
), ended AS (
    UPDATE access_credential SET ended_at = %(now)s WHERE account IN (SELECT id FROM changed) AND ended_at IS NULL
)
SELECT id FROM changed
