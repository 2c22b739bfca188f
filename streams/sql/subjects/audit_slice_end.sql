-- The last subject of the slice that begins behind one; nothing behind the last one.
SELECT domain, subject FROM (
    SELECT domain, subject FROM subject_history WHERE (domain, subject) > (%(domain)s, %(subject)s)
    ORDER BY domain, subject LIMIT %(size)s
) AS slice
ORDER BY domain DESC, subject DESC
LIMIT 1;
