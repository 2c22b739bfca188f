-- Until when a screen may wait, and whether it was confirmed; none where it has waited too long. Parameters: claim, now.
SELECT expires_at, confirmed_at IS NOT NULL FROM access_pairing WHERE claim = %(claim)s AND expires_at > %(now)s
