-- How many cases there are to learn from: accepted since then.
SELECT count(*) FROM case_state WHERE accepted_at >= %(since)s AND voided_at IS NULL AND NOT oversized;
