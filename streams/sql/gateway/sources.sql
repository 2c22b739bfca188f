-- Every source and what it may send.
SELECT name, urn, token, types, units FROM gateway_source ORDER BY name;
