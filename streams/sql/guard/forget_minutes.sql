-- Minutes that nobody asks for any more. Parameters: before.
DELETE FROM lookup_minute WHERE minute < %(before)s;
