INSERT INTO ref_load_file (load_id, file, sha256, packaged, rows, added, replaced, kept)
VALUES (%(load_id)s, %(file)s, %(sha256)s, %(packaged)s, %(rows)s, %(added)s, %(replaced)s, %(kept)s)
