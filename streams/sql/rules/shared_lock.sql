-- Until the transaction ends no load makes a new edition of the rules. A statement of its own: the next one sees what was
-- loaded while this one waited.
SELECT pg_advisory_xact_lock_shared(%(lock)s);
