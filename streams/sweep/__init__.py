"""What stands under older rules or names, folded again: cases, every other subject, look-ups. See :mod:`.cases`."""
