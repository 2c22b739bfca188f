-- Parameters: account, password, now.
UPDATE access_account SET password = %(password)s, password_at = %(now)s, change_password = false WHERE id = %(account)s::uuid
