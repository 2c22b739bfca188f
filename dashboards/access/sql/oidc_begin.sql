-- A sign-in by OpenID Connect begins. Those that nobody ended go. Parameters: state, next, now, since.
WITH gone AS (DELETE FROM access_oidc_begun WHERE begun_at < %(since)s)
INSERT INTO access_oidc_begun (state, next, begun_at) VALUES (%(state)s, %(next)s, %(now)s)
