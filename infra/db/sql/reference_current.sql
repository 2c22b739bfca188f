-- What stands now of these files.
SELECT id, file, kept, {columns} FROM {table} WHERE replaced_by IS NULL AND file = ANY(%(files)s) ORDER BY id
