-- One opening by its id. Parameter: id.
SELECT id, domain, counter, filters, as_of, amount, cases FROM opening WHERE id = %(id)s
