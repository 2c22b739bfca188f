-- Something that cases are judged by has changed on these days.
INSERT INTO rules_change (load_id, kind, first_day, last_day, procedures)
VALUES (%(load_id)s, %(kind)s, %(first_day)s, %(last_day)s, %(procedures)s)
