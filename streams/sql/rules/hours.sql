-- When the halves of a working day begin and end.
SELECT session, opens, closes, valid_from, valid_to, confidence, note FROM ref_working_hours WHERE replaced_by IS NULL;
