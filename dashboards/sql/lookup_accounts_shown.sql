-- These accounts as whoever asks may see them, in their order. Parameters: accounts.
SELECT lookup_account_shown(a.account)
FROM unnest(%(accounts)s::text[]) WITH ORDINALITY AS a (account, place)
ORDER BY a.place
