-- A screen that waits to be let in: it shows a code, an administrator confirms the code, the screen takes its token.
-- Who knows the code alone gets nothing: the token goes to the browser that holds the claim. Both are kept as hashes.

CREATE TABLE access_pairing (
    claim bytea PRIMARY KEY CHECK (length(claim) = 32), -- SHA-256 of the 256 random bits of the waiting browser
    code bytea NOT NULL CHECK (length(code) = 32),      -- SHA-256 of what the screen shows
    browser text NOT NULL,                -- what it says it is
    asked_from text NOT NULL,             -- its address
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    name text,                            -- of the screen, as the administrator calls it
    scopes text[] NOT NULL DEFAULT '{}',  -- walls that it may show; none is every one
    confirmed_at timestamptz,
    confirmed_by text,
    taken_at timestamptz,
    CHECK ((name IS NULL) = (confirmed_at IS NULL)),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK (taken_at IS NULL OR confirmed_at IS NOT NULL)
);
CREATE INDEX access_pairing_code ON access_pairing (code);
