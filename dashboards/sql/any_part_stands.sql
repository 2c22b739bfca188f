-- Whether there is such a part of any domain. Parameters: part.
SELECT EXISTS (SELECT FROM lookup_by_unit_hour WHERE application = %(part)s::text)
    OR EXISTS (SELECT FROM subject_state WHERE part = %(part)s::text)
    OR EXISTS (SELECT FROM subject_figure WHERE part = %(part)s::text)
