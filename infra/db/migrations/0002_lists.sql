-- What the lists behind the numbers need to stay quick (measured on 200,000 cases).

-- case_flow in two parts. A query for a counter that counts a case at most once then reads only that counter's columns
-- and index; through case_flow it took every case's JSON apart first (0.7 s instead of 12 ms).
CREATE VIEW case_flow_single AS
    SELECT subject, 'submitted' AS counter, unit, procedure, channel, province_day(submitted_at) AS day, 1::bigint AS amount,
        due_at, ended_at, last_at
    FROM case_state WHERE submitted_at IS NOT NULL
    UNION ALL
    SELECT subject, 'accepted', unit, procedure, channel, province_day(accepted_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE accepted_at IS NOT NULL
    UNION ALL
    SELECT subject, 'finished', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned')
    UNION ALL
    SELECT subject, 'on_time', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_at
    UNION ALL
    SELECT subject, 'late', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at > due_at
    UNION ALL
    SELECT subject, 'refused', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'refused'
    UNION ALL
    SELECT subject, 'stopped', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'stopped'
    UNION ALL
    SELECT subject, 'withdrawn', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind = 'withdrawn'
    UNION ALL
    SELECT subject, 'returned', unit, procedure, channel, province_day(returned_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE returned_at IS NOT NULL
    UNION ALL
    SELECT subject, 'voided', unit, procedure, channel, province_day(voided_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE voided_at IS NOT NULL
    UNION ALL
    SELECT subject, 'oversized', unit, procedure, channel, date '2010-01-01', 1, due_at, ended_at, last_at
    FROM case_state WHERE oversized;

-- What may happen to a case more than once. No such thing but a conflict lies after last_at.
CREATE VIEW case_flow_repeated AS
    SELECT s.subject, f.flow ->> 0 AS counter, CASE WHEN f.flow ->> 0 = 'steps' THEN f.flow ->> 1 ELSE s.unit END AS unit,
        s.procedure, s.channel, date '1970-01-01' + (f.flow ->> 2)::integer AS day, (f.flow ->> 3)::bigint AS amount,
        s.due_at, s.ended_at, s.last_at
    FROM case_state s CROSS JOIN LATERAL json_array_elements(s.flows) AS f (flow);

CREATE OR REPLACE VIEW case_flow AS
    SELECT subject, counter, unit, procedure, channel, day, amount FROM case_flow_single
    UNION ALL
    SELECT subject, counter, unit, procedure, channel, day, amount FROM case_flow_repeated;

-- Closed cases lie in pages that nobody writes any more: a BRIN passes over them, and unlike a B-tree on a column that
-- every event changes it leaves the updates of a state HOT.
CREATE INDEX case_state_last ON case_state USING brin (last_at) WITH (pages_per_range = 16, autosummarize = on);

-- Open and overdue now, by unit, channel or procedure, without touching the cases themselves.
DROP INDEX case_state_open;
CREATE INDEX case_state_open ON case_state (due_at) INCLUDE (unit, channel, procedure, accepted_at)
    WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;

-- Nearly all rows hold the same version, so this is small (deduplicated); "how many are older" need not read the table.
CREATE INDEX case_state_rules ON case_state (rules_version);

-- The planner does not use what it knows of a partial index's expression, and took every span of days for one case in 200.
CREATE STATISTICS case_state_accepted_day ON province_day(accepted_at) FROM case_state;
CREATE STATISTICS case_state_ended_day ON province_day(ended_at) FROM case_state;
