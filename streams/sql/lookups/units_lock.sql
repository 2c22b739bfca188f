-- Until the transaction ends no name changes its key. A statement of its own: the next one sees what was changed while this
-- one waited.
SELECT pg_advisory_xact_lock_shared(%(lock)s);
