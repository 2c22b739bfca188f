-- The units that are a whole province: what was told of one stands for all of them. No parameters.
SELECT DISTINCT code FROM ref_unit WHERE tier = 'province' AND replaced_by IS NULL
