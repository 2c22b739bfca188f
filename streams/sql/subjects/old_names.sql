-- The subjects that were folded when a name that they use meant something else, in no order.
SELECT domain, subject FROM subjects_under_old_names();
