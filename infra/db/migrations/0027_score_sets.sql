-- Numerators of Quyết định 766 that are parts of their denominators by construction: each function lists the set of both.

-- Of the cases that progress counts (2.1: ended on these days, or open at that moment), those with a bad last rating, and
-- whether they are late: what 5.4 subtracts.
CREATE INDEX case_state_disliked ON case_state (province_day(ended_766)) WHERE score_flags & 128 <> 0;
CREATE FUNCTION score_disliked(of_first date, of_last date, of_at timestamptz, of_unit text)
RETURNS TABLE (subject text, unit text, late boolean) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.subject, s.unit, s.late_766
    FROM case_state s
    WHERE s.score_flags & 128 <> 0 AND s.ended_766 IS NOT NULL AND s.late_766 IS NOT NULL
        AND province_day(s.ended_766) BETWEEN of_first AND of_last AND (of_unit IS NULL OR s.unit = of_unit)
    UNION ALL
    SELECT s.subject, s.unit, coalesce(s.late_766, false) OR s.due_766 < of_at
    FROM case_state s
    WHERE s.score_flags & 128 <> 0 AND s.accepted_at < of_at AND s.ended_at IS NULL AND s.ended_766 IS NULL
        AND s.voided_at IS NULL AND (s.late_766 OR s.due_766 IS NOT NULL) AND (of_unit IS NULL OR s.unit = of_unit)
    UNION ALL -- ended since
    SELECT s.subject, s.unit, s.due_766 < of_at
    FROM case_state s
    WHERE s.score_flags & 128 <> 0 AND province_day(s.ended_766) > of_last AND s.accepted_at < of_at
        AND s.voided_at IS NULL AND s.due_766 IS NOT NULL AND (of_unit IS NULL OR s.unit = of_unit);
END;

-- The cases that a component's whole has and its part has not. of_progress: overdue, ended on these days or open at that moment;
-- with of_disliked those with a bad last rating too. Else: accepted on these days, with these flags and without those
-- (schemas/rules/score_flags.py).
DROP FUNCTION score_lacking(boolean, integer, integer, date, date, timestamptz, text);
CREATE FUNCTION score_lacking(
    of_progress boolean, of_disliked boolean, of_has integer, of_lacks integer, of_first date, of_last date,
    of_at timestamptz, of_unit text
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
    WHERE of_progress AND o.overdue
    UNION ALL
    SELECT d.subject FROM score_disliked(of_first, of_last, of_at, of_unit) d
    WHERE of_disliked AND NOT d.late;
END;

-- The petitions that 5.2 and 5.3 count: with a deadline, and answered on these days or unanswered and past it at that moment.
-- late: not answered in time on these days.
CREATE FUNCTION score_petition(of_first date, of_last date, of_at timestamptz, of_unit text)
RETURNS TABLE (subject text, unit text, answered boolean, late boolean, disliked boolean) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p.subject, p.unit, p.answered, NOT (p.answered AND p.ended_at <= p.due_at), p.disliked
    FROM (
        SELECT s.subject, s.unit, s.opened_at, s.due_at, s.ended_at,
            coalesce(province_day(s.ended_at) BETWEEN of_first AND of_last, false) AS answered,
            coalesce((s.detail ->> 'disliked')::boolean, false) AS disliked
        FROM subject_state s
        WHERE s.domain = 'petition' AND s.standing IN ('open', 'answered') AND s.opened_at IS NOT NULL
            AND s.due_at IS NOT NULL AND (of_unit IS NULL OR s.unit = of_unit)
    ) p
    WHERE p.answered OR (p.opened_at < of_at AND p.due_at < of_at AND (p.ended_at IS NULL OR p.ended_at >= of_at));
END;
