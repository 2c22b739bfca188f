-- Keys of the figures that no reference row of their days knows, the most frequent first.
SELECT kind, key, why, first_day, last_day, amount FROM unknown_reference ORDER BY kind DESC, amount DESC, key, why
