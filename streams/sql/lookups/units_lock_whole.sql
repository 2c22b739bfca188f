-- Until the transaction ends nobody counts a look-up.
SELECT pg_advisory_xact_lock(%(lock)s);
