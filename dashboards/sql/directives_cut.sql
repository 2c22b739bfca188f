-- Connections that are cut, with since when and why.
SELECT subject, opened_at, coalesce(title, '') FROM subject_state
WHERE domain = 'connection' AND standing = 'cut' AND voided_at IS NULL
ORDER BY subject
