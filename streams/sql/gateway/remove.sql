-- The source may send nothing more; what it has sent stays.
DELETE FROM gateway_source WHERE name = %(name)s RETURNING name;
