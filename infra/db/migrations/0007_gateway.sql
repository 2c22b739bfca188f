-- Who may send events to the gateway, and what. The token itself is kept by nobody: it is printed once.
CREATE TABLE gateway_source (
    name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    urn text NOT NULL UNIQUE,
    token bytea NOT NULL UNIQUE CHECK (length(token) = 32), -- SHA-256 of 256 random bits
    types text[] NOT NULL CHECK (cardinality(types) > 0), -- globs of event types
    units text[] NOT NULL CHECK (cardinality(units) > 0), -- globs of units; * is every one, and none named
    created_at timestamptz NOT NULL,
    token_at timestamptz NOT NULL
);
