-- A page of an opening: the positions after the given one, with what the cases are now. Parameters: id, after, limit.
SELECT i.position, i.amount, s.*
FROM opening_item i JOIN case_told s USING (subject)
WHERE i.opening_id = %(id)s AND i.position > %(after)s
ORDER BY i.position
LIMIT %(limit)s
