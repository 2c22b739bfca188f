-- Cases by their deadline, the step that they stand behind, and when news of them arrived.

-- Events arrive in the order in which they are written, so a few ranges hold all of one day.
CREATE INDEX case_event_received ON case_event USING brin (received_at) WITH (pages_per_range = 16);

-- The cases that all of these fit; NULL is no filter. of_due_first and of_due_last: days of the deadline, both included.
-- of_step: the last that was done ("": none since the acceptance), of an open case. of_changed_since: an event of it
-- reached Kafka then or later.
CREATE FUNCTION case_narrowed(of_due_first date, of_due_last date, of_step text, of_changed_since timestamptz)
    RETURNS TABLE (subject text) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.subject
    FROM case_state s
    WHERE (of_due_first IS NULL OR s.due_at >= of_due_first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
        AND (of_due_last IS NULL OR s.due_at < (of_due_last + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
        AND (
            of_step IS NULL
            OR s.accepted_at IS NOT NULL AND s.ended_at IS NULL AND s.voided_at IS NULL
                AND coalesce(s.path[cardinality(s.path)], '') = of_step
        )
        AND (
            of_changed_since IS NULL
            OR s.subject IN (SELECT e.subject FROM case_event e WHERE e.received_at >= of_changed_since)
        );
END;
