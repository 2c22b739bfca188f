-- The events outside of the cases behind one key and up to another; all where there is no end.
SELECT subject, source, id, digest FROM event_outside
WHERE domain = 'case' AND subject > %(after)s AND (%(until)s::text IS NULL OR subject <= %(until)s);
