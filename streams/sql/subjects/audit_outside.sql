-- The same of every other domain.
SELECT domain, subject, source, id, digest FROM event_outside
WHERE domain <> 'case' AND (domain, subject) > (%(domain)s, %(subject)s)
    AND (%(until_domain)s::text IS NULL OR (domain, subject) <= (%(until_domain)s, %(until_subject)s));
