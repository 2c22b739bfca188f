-- The rules between their days.
SELECT rule, value, article, valid_from, valid_to, confidence, unverified, note FROM ref_rule WHERE replaced_by IS NULL;
