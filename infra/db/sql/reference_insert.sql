INSERT INTO {table} ({columns}, file, kept, load_id) VALUES ({values}, %(file)s, %(kept)s, %(load_id)s)
