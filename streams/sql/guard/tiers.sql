-- Of which kind each unit is.
SELECT code, tier FROM ref_unit WHERE replaced_by IS NULL ORDER BY code, valid_from;
