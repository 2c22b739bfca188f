-- Ends a sign-in that was begun: of two who bring the same, one is given it. Parameters: state, since.
WITH taken AS (DELETE FROM access_oidc_begun WHERE state = %(state)s RETURNING next, begun_at)
SELECT next FROM taken WHERE begun_at >= %(since)s
