-- Signing in by OpenID Connect: what was begun and not ended, and whose word an account's role is.

-- A browser that went to the provider comes back with a word that only it can know, once. The word's hash stands here for
-- ten minutes; nonce and PKCE verifier are made from the same secret of the browser, and stand nowhere.
CREATE TABLE access_oidc_begun (
    state bytea PRIMARY KEY CHECK (length(state) = 32), -- SHA-256
    next text NOT NULL,                   -- the address that was asked for
    begun_at timestamptz NOT NULL
);
CREATE INDEX access_oidc_begun_at ON access_oidc_begun (begun_at);

-- Of an account of a provider: an operator gave the role, and claims do not change it.
ALTER TABLE access_account ADD COLUMN role_by_operator boolean NOT NULL DEFAULT false;
