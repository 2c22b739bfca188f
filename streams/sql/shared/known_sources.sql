-- Sources that have sent at least one acceptable event.
SELECT DISTINCT source FROM stream_source WHERE events > 0;
