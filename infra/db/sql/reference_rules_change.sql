-- Something that cases are judged by, or what a name means, has changed on these days.
INSERT INTO rules_change (load_id, kind, first_day, last_day, procedures, names)
VALUES (%(load_id)s, %(kind)s, %(first_day)s, %(last_day)s, %(procedures)s, %(names)s)
