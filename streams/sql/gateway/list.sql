-- Every source as an operator sees it.
SELECT name, urn, types, units, created_at FROM gateway_source ORDER BY name;
