-- From now on a unit counts under these keys.
UPDATE lookup_unit SET days = %(days)s::integer[], keys = %(keys)s::text[] WHERE written = %(written)s;
