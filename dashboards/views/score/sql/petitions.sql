-- Whether any petition is known, however old. No parameters.
SELECT EXISTS (SELECT FROM subject_figure WHERE domain = 'petition')
