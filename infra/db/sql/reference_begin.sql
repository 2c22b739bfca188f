INSERT INTO ref_load (loaded_at) VALUES (%(now)s) RETURNING id
