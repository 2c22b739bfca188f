-- The screen that was confirmed becomes a device. Again by the same claim: nothing new, since an answer may be lost on its
-- way. Parameters: claim, token, now, address.
WITH taken AS (
    UPDATE access_pairing SET taken_at = coalesce(taken_at, %(now)s)
    WHERE claim = %(claim)s AND confirmed_at IS NOT NULL AND expires_at > %(now)s
    RETURNING name, scopes, confirmed_by
)
INSERT INTO access_credential (kind, token, name, role, scopes, created_at, created_by, used_at, used_from)
SELECT 'device', %(token)s, name, 'kiosk', scopes, %(now)s, confirmed_by, %(now)s, %(address)s FROM taken
ON CONFLICT (token) DO NOTHING
