-- Whether anything is told of such a part of a domain. Parameters: key, domain.
SELECT EXISTS (SELECT FROM subject_state WHERE domain = %(domain)s AND part = %(key)s::text)
    OR EXISTS (SELECT FROM subject_figure WHERE domain = %(domain)s AND part = %(key)s::text)
