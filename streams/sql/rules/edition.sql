-- The edition of the rules that cases are judged by: the last load that changed any.
SELECT coalesce(max(load_id), 0) FROM rules_change;
