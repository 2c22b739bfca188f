-- The source, held until the transaction ends, so that nobody else gives it a token or removes it meanwhile.
SELECT name FROM gateway_source WHERE name = %(name)s FOR UPDATE;
