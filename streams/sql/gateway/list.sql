-- Every source as an operator sees it: nothing of its token.
SELECT name, urn, types, units, created_at, token_at FROM gateway_source ORDER BY name;
