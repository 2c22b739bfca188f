-- An account, by its id or by whose word it is known. Parameters: id, or issuer and subject.
SELECT id::text, subject, name, role, units, password, change_password, disabled_at IS NOT NULL, role_by_operator
FROM access_account WHERE id = %(id)s::uuid OR (issuer = %(issuer)s AND subject = %(subject)s)
