-- Subjects that are not marked as their exceptions would have it, and exceptions that are a look-up's own version again.
SELECT subject FROM lookup_day d FULL JOIN (
    SELECT subject, bool_or(kind = 'voided' AND replaces_source IS NULL) AS voidings FROM lookup_exception GROUP BY subject
) AS x USING (subject)
WHERE (coalesce(d.exceptions, false), coalesce(d.voidings, false)) <> (x.subject IS NOT NULL, coalesce(x.voidings, false))
UNION ALL
SELECT x.subject FROM lookup_exception x JOIN lookup_event e USING (subject, source, id, day)
WHERE x.digest = e.digest
ORDER BY 1
LIMIT %(limit)s;
