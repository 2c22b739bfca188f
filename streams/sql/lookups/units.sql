-- Under which keys these units count, as look-ups write them.
SELECT written, days, keys FROM lookup_unit WHERE written = ANY (string_to_array(%(written)s, E'\x1f'));
