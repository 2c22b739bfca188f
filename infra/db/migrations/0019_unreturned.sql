-- Results that are finished and not handed over (chưa trả kết quả). A source that never says *returned* would make every
-- case of its one, so only units count of which it was ever said.
CREATE INDEX case_state_returned ON case_state (unit) WHERE returned_at IS NOT NULL;
CREATE INDEX case_state_unreturned ON case_state (unit, due_at)
    WHERE accepted_at IS NOT NULL AND end_kind = 'finished' AND returned_at IS NULL AND voided_at IS NULL;

-- The units of which a return was said: one look into the index a unit.
CREATE VIEW unit_that_returns AS
WITH RECURSIVE found (unit) AS (
    SELECT min(unit) FROM case_state WHERE returned_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(s.unit) FROM case_state s WHERE s.returned_at IS NOT NULL AND s.unit > found.unit)
    FROM found WHERE found.unit IS NOT NULL
)
SELECT unit FROM found WHERE unit IS NOT NULL;

-- What counters of this moment count: cases that are open, and finished ones that wait to be handed over.
CREATE VIEW case_now AS
SELECT o.subject, o.unit, o.procedure, o.channel, o.accepted_at, o.due_at, o.due_61, o.due_766, o.ended_766, o.late_766,
    true AS open
FROM case_open o
UNION ALL
SELECT s.subject, s.unit, s.procedure, s.channel, s.accepted_at, s.due_at, s.due_61, s.due_766, s.ended_766, s.late_766,
    false
FROM unit_that_returns u JOIN case_state s ON s.unit = u.unit
WHERE s.accepted_at IS NOT NULL AND s.end_kind = 'finished' AND s.returned_at IS NULL AND s.voided_at IS NULL;

-- One index of ranges instead of two, each of which every new state looked into. Vacuum summarises; asking for it page by
-- page overruns its queue while a backlog is taken, and every refusal is logged with the whole statement.
DROP INDEX case_state_judged;
DROP INDEX case_state_last;
CREATE INDEX case_state_ranges ON case_state USING brin (last_at, judged_from, judged_to) WITH (pages_per_range = 16);
