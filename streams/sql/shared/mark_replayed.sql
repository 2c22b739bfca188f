-- The dead letter was sent again.
UPDATE dead_letter SET replayed_at = %(now)s WHERE id = %(id)s;
