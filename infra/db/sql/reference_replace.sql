-- Rows that another load has put an end to; they stay.
UPDATE {table} SET replaced_by = %(load_id)s WHERE id = ANY(%(ids)s)
