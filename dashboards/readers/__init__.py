"""What screens, data API and the ``ioc`` command read: typed questions to the database, each one named SQL file.

Every function takes a connection inside one read-only snapshot (:meth:`database.Database.snapshot`) and, where the
clock counts, that snapshot's ``as_of``; nothing here takes the time. :mod:`openings` alone writes.
"""
