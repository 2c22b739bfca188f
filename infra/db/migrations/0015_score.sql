-- What cases add to the numerators of Quyết định 766 (schemas/rules/score_flags.py), one bit each. New columns with constant
-- defaults; the sweep fills them (ADR 0030).
ALTER TABLE case_state ADD COLUMN score_flags integer NOT NULL DEFAULT 0;
ALTER TABLE case_by_unit_day
    ADD COLUMN portal_known bigint NOT NULL DEFAULT 0,
    ADD COLUMN results_electronic bigint NOT NULL DEFAULT 0,
    ADD COLUMN digitised_whole bigint NOT NULL DEFAULT 0,
    ADD COLUMN papers_reused bigint NOT NULL DEFAULT 0,
    ADD COLUMN population_used bigint NOT NULL DEFAULT 0,
    ADD COLUMN fee_cases bigint NOT NULL DEFAULT 0,
    ADD COLUMN paid_online bigint NOT NULL DEFAULT 0,
    ADD COLUMN dissatisfied bigint NOT NULL DEFAULT 0,
    ADD COLUMN accepted_online bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_procedure_day
    ADD COLUMN portal_known bigint NOT NULL DEFAULT 0,
    ADD COLUMN results_electronic bigint NOT NULL DEFAULT 0,
    ADD COLUMN digitised_whole bigint NOT NULL DEFAULT 0,
    ADD COLUMN papers_reused bigint NOT NULL DEFAULT 0,
    ADD COLUMN population_used bigint NOT NULL DEFAULT 0,
    ADD COLUMN fee_cases bigint NOT NULL DEFAULT 0,
    ADD COLUMN paid_online bigint NOT NULL DEFAULT 0,
    ADD COLUMN dissatisfied bigint NOT NULL DEFAULT 0,
    ADD COLUMN accepted_online bigint NOT NULL DEFAULT 0;
ALTER TABLE case_by_unit_procedure_month
    ADD COLUMN portal_known bigint NOT NULL DEFAULT 0,
    ADD COLUMN results_electronic bigint NOT NULL DEFAULT 0,
    ADD COLUMN digitised_whole bigint NOT NULL DEFAULT 0,
    ADD COLUMN papers_reused bigint NOT NULL DEFAULT 0,
    ADD COLUMN population_used bigint NOT NULL DEFAULT 0,
    ADD COLUMN fee_cases bigint NOT NULL DEFAULT 0,
    ADD COLUMN paid_online bigint NOT NULL DEFAULT 0,
    ADD COLUMN dissatisfied bigint NOT NULL DEFAULT 0,
    ADD COLUMN accepted_online bigint NOT NULL DEFAULT 0;

CREATE OR REPLACE VIEW case_flow_single AS
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
    FROM case_state WHERE oversized
    UNION ALL
    SELECT subject, 'on_time_61', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_61
    UNION ALL
    SELECT subject, 'late_61', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at > due_61
    UNION ALL
    SELECT subject, 'on_time_766', unit, procedure, channel, province_day(ended_766), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_766 IS NOT NULL AND NOT late_766
    UNION ALL
    SELECT subject, 'late_766', unit, procedure, channel, province_day(ended_766), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_766 IS NOT NULL AND late_766
    UNION ALL
    SELECT subject, 'late_real', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND late_cause = 'real'
    UNION ALL
    SELECT subject, 'late_waiting', unit, procedure, channel, province_day(ended_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE ended_at IS NOT NULL AND late_cause = 'waiting'
    UNION ALL
    SELECT subject, 'late_sync', unit, procedure, channel, province_day(portal_learned_at), 1, due_at, ended_at, last_at
    FROM case_state WHERE portal_learned_at IS NOT NULL AND end_kind IN ('finished', 'returned') AND ended_at <= due_at
        AND portal_learned_at > due_at
    UNION ALL
    SELECT subject, f.counter, unit, procedure, channel, province_day(accepted_at), 1, due_at, ended_at, last_at
    FROM case_state CROSS JOIN (VALUES
        ('portal_known', 1),
        ('results_electronic', 2),
        ('digitised_whole', 4),
        ('papers_reused', 8),
        ('population_used', 16),
        ('fee_cases', 32),
        ('paid_online', 64),
        ('dissatisfied', 128),
        ('accepted_online', 256)
    ) AS f (counter, bit)
    WHERE accepted_at IS NOT NULL AND score_flags & f.bit <> 0;

-- Cases that are open at a moment as Quyết định 766 counts them, and have not ended on days up to of_last: with a deadline,
-- whether they are overdue then.
CREATE FUNCTION score_open(of_at timestamptz, of_last date, of_unit text) RETURNS TABLE (subject text, unit text, overdue boolean)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT o.subject, o.unit, coalesce(o.late_766, false) OR o.due_766 < of_at
    FROM case_open o
    WHERE o.ended_766 IS NULL AND o.accepted_at < of_at AND (of_unit IS NULL OR o.unit = of_unit)
        AND (o.late_766 OR o.due_766 IS NOT NULL)
    UNION ALL -- ended since
    SELECT s.subject, s.unit, s.due_766 < of_at
    FROM case_state s
    WHERE province_day(s.ended_766) > of_last AND s.accepted_at < of_at
        AND s.voided_at IS NULL AND s.due_766 IS NOT NULL AND (of_unit IS NULL OR s.unit = of_unit);
END;

-- The cases that a component's whole has and its part has not. of_progress: overdue, ended on these days or open at that moment.
-- Else: accepted on these days, with these flags and without those (schemas/rules/score_flags.py).
CREATE FUNCTION score_lacking(
    of_progress boolean, of_has integer, of_lacks integer, of_first date, of_last date, of_at timestamptz, of_unit text
) RETURNS TABLE (subject text) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.subject FROM case_state s
    WHERE NOT of_progress AND s.accepted_at IS NOT NULL AND province_day(s.accepted_at) BETWEEN of_first AND of_last
        AND s.score_flags & of_has = of_has AND s.score_flags & of_lacks = 0 AND (of_unit IS NULL OR s.unit = of_unit)
    UNION ALL
    SELECT s.subject FROM case_state s
    WHERE of_progress AND s.ended_766 IS NOT NULL AND province_day(s.ended_766) BETWEEN of_first AND of_last AND s.late_766
        AND (of_unit IS NULL OR s.unit = of_unit)
    UNION ALL
    SELECT o.subject FROM score_open(of_at, of_last, of_unit) o
    WHERE of_progress AND o.overdue;
END;
