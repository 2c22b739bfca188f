-- Subjects that are not plain any more, and which of them hold a voiding of the whole.
UPDATE lookup_day d SET exceptions = true, voidings = d.voidings OR d.subject = ANY (%(voidings)b::text[])
WHERE d.subject = ANY (%(subjects)b::text[])
    AND (NOT d.exceptions OR NOT d.voidings AND d.subject = ANY (%(voidings)b::text[]));
