-- Every unit as look-ups write it.
SELECT written, days, keys FROM lookup_unit ORDER BY written;
