"""What stands in the tables, held against each other: cases, every other subject, look-ups. See :mod:`.cases`."""
