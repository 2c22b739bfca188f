-- Whether nobody else keeps the record just now; until this transaction ends.
SELECT pg_try_advisory_xact_lock(71064006)
