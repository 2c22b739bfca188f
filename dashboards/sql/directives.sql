-- Directives as they stand, those that wait longest first. Parameters: subject, standings, unit (each NULL: any), limit.
SELECT subject, unit, part, standing, coalesce(title, '') AS title, opened_at, due_at, ended_at, detail
FROM subject_state
WHERE domain = 'directive' AND standing <> '' AND voided_at IS NULL
    AND (%(subject)s::text IS NULL OR subject = %(subject)s::text)
    AND (%(standings)s::text[] IS NULL OR standing = ANY (%(standings)s::text[]))
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
ORDER BY ended_at DESC NULLS FIRST, due_at, subject
LIMIT %(limit)s
