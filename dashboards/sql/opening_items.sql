-- A page of an opening as it was kept: the positions after the given one. Parameters: id, after, limit.
SELECT position, subject, amount FROM opening_item
WHERE opening_id = %(id)s AND position > %(after)s
ORDER BY position
LIMIT %(limit)s
