-- Accounts of look-ups by name are for those who are entitled (dashboards.access.asker.Right.ACCOUNTS); whoever else asks
-- is shown a hash. Its key leaves this table only into the functions below.
CREATE TABLE lookup_account_secret (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret text NOT NULL DEFAULT gen_random_uuid()::text || gen_random_uuid()::text
);
INSERT INTO lookup_account_secret DEFAULT VALUES;

CREATE FUNCTION lookup_accounts_named() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('ioc.accounts', true), '') = 'named';

-- The account as whoever asks may see it.
CREATE FUNCTION lookup_account_shown(account text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE SECURITY DEFINER SET search_path = public
BEGIN ATOMIC
    SELECT CASE
        WHEN lookup_accounts_named() THEN account
        ELSE 'an-danh-' || left(
            encode(sha256(convert_to((SELECT s.secret FROM lookup_account_secret s) || account, 'UTF8')), 'hex'), 12
        )
    END;
END;

CREATE FUNCTION lookup_subject_shown(subject text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN lookup_account_shown(lookup_account_of(subject)) || right(subject, 11);

-- The account or the account's day that was shown so. Of a name that was never shown nothing is found, whether there is
-- such an account or not.
CREATE FUNCTION lookup_account_told(shown text) RETURNS text
LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
    SELECT CASE
        WHEN lookup_accounts_named() THEN shown
        ELSE coalesce(
            (
                SELECT a.account FROM (SELECT DISTINCT d.account FROM lookup_by_account_day d) AS a
                WHERE lookup_account_shown(a.account) = shown
                LIMIT 1
            ),
            ''
        )
    END;
END;

CREATE FUNCTION lookup_subject_told(shown text) RETURNS text
LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
    SELECT CASE
        WHEN lookup_accounts_named() OR NOT pg_input_is_valid(right(shown, 10), 'date') THEN shown
        ELSE coalesce(
            (
                SELECT a.account || right(shown, 11) FROM (
                    SELECT DISTINCT d.account FROM lookup_by_account_day d WHERE d.day = right(shown, 10)::date
                ) AS a
                WHERE lookup_account_shown(a.account) = lookup_account_of(shown)
                LIMIT 1
            ),
            ''
        )
    END;
END;
