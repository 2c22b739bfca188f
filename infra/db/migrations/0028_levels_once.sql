-- Where the contract puts a unit into the subject (staffing, data sets, the portal's figures), two spellings of one unit are
-- two subjects with one key (ADR 0043). A level of a unit and part on a day is then what the subject says that was told
-- last, not the sum; the rollup stays the sum of what the subjects add.
CREATE VIEW subject_level AS
SELECT f.domain, f.counter, f.unit, f.part, f.day,
    CASE
        WHEN f.subjects = 1 THEN f.amount
        ELSE (
            SELECT (r.cells ->> 4)::bigint
            FROM subject_state s CROSS JOIN LATERAL json_array_elements(s.contribution::json) AS r (cells)
            WHERE s.domain = f.domain AND strpos(s.contribution, to_json(f.unit)::text) > 0
                AND r.cells ->> 0 = f.counter AND r.cells ->> 1 = f.unit AND r.cells ->> 2 = f.part
                AND date '1970-01-01' + (r.cells ->> 3)::integer = f.day
            ORDER BY s.last_at DESC NULLS LAST, s.subject DESC
            LIMIT 1
        )
    END AS amount
FROM subject_figure f;

CREATE OR REPLACE FUNCTION subject_counted(
    of_domain text, of_counter text, of_kind text, of_first date, of_last date, of_unit text, of_part text,
    of_standings text[], of_due text, of_as_of timestamptz, of_soon timestamptz
) RETURNS TABLE (subject text, amount bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    -- Nothing but a portal's figure, which counts on the first day of its period, lies after a subject's last event.
    SELECT s.subject, sum((r.cells ->> 4)::bigint)::bigint
    FROM subject_state s CROSS JOIN LATERAL json_array_elements(s.contribution::json) AS r (cells)
    WHERE of_kind = 'flow' AND s.domain = of_domain AND r.cells ->> 0 = of_counter
        -- A glance at the text first, which spares taking most contributions' JSON apart.
        AND strpos(s.contribution, to_json(of_counter)::text) > 0
        AND (of_unit IS NULL OR strpos(s.contribution, to_json(of_unit)::text) > 0)
        AND (of_part IS NULL OR strpos(s.contribution, to_json(of_part)::text) > 0)
        AND (
            s.domain = 'portal'
            OR s.last_at >= coalesce(of_first::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
        )
        AND date '1970-01-01' + (r.cells ->> 3)::integer BETWEEN coalesce(of_first, '-infinity') AND coalesce(of_last, 'infinity')
        AND (of_unit IS NULL OR r.cells ->> 1 = of_unit)
        AND (of_part IS NULL OR r.cells ->> 2 = of_part)
    GROUP BY s.subject
    UNION ALL
    -- Of subjects that say the same level the one that was told last, as in subject_level.
    SELECT told.subject, sum(told.amount)::bigint
    FROM (
        SELECT DISTINCT ON (l.unit, l.part) s.subject, (r.cells ->> 4)::bigint AS amount
        FROM subject_state s
        CROSS JOIN LATERAL json_array_elements(s.contribution::json) AS r (cells)
        JOIN (
            SELECT DISTINCT ON (f.unit, f.part) f.unit, f.part, f.day
            FROM subject_figure f
            WHERE of_kind = 'level' AND f.domain = of_domain AND f.counter = of_counter AND f.day <= coalesce(of_last, 'infinity')
                AND (of_unit IS NULL OR f.unit = of_unit)
                AND (of_part IS NULL OR f.part = of_part)
            ORDER BY f.unit DESC, f.part DESC, f.day DESC
        ) l ON l.unit = r.cells ->> 1 AND l.part = r.cells ->> 2 AND l.day = date '1970-01-01' + (r.cells ->> 3)::integer
        WHERE of_kind = 'level' AND s.domain = of_domain AND r.cells ->> 0 = of_counter
            AND (of_unit IS NULL OR strpos(s.contribution, to_json(of_unit)::text) > 0)
            AND (of_part IS NULL OR strpos(s.contribution, to_json(of_part)::text) > 0)
        ORDER BY l.unit, l.part, s.last_at DESC NULLS LAST, s.subject DESC
    ) AS told
    GROUP BY told.subject
    UNION ALL
    SELECT s.subject, 1::bigint
    FROM subject_state s
    WHERE of_kind = 'now' AND s.domain = of_domain AND s.standing = ANY (of_standings)
        AND (
            of_due IS NULL
            OR of_due = 'past' AND s.due_at < of_as_of
            OR of_due = 'soon' AND s.due_at >= of_as_of AND s.due_at < of_soon
        )
        AND (of_first IS NULL OR province_day(s.opened_at) >= of_first)
        AND (of_last IS NULL OR province_day(s.opened_at) <= of_last)
        AND (of_unit IS NULL OR s.unit = of_unit)
        AND (of_part IS NULL OR s.part = of_part);
END;
