-- Every unit as look-ups write it, with the keys that it is counted under.
SELECT written, keys FROM lookup_unit;
