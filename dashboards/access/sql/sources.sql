-- The sources of the gateway and what each may send.
SELECT name, types, units FROM gateway_source ORDER BY name
