-- When credentials were used last. Parameters: ids, times, addresses.
UPDATE access_credential c SET used_at = u.at, used_from = u.address
FROM unnest(%(ids)s::uuid[], %(times)s::timestamptz[], %(addresses)s::text[]) AS u (id, at, address)
WHERE c.id = u.id AND c.used_at < u.at
