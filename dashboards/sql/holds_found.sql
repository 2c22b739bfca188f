-- What the look-up guard had found, of an account by name only for whoever may see it. Parameter: id.
SELECT f.id, f.rule, f.scope, f.key, f.unit
FROM lookup_finding f
WHERE f.id = %(id)s AND (f.scope <> 'account' OR lookup_account_shown(f.key) = f.key)
