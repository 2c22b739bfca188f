-- For the walk alone, which grows with the record.
SET LOCAL statement_timeout = '1h'
