-- The days from which a key no longer names the unit that it named since an earlier one, by the mapping (ADR 0043):
-- others went into it, or it went into others and is nobody's then (gone). As far as anything was told of that day or
-- a later one.
CREATE VIEW unit_end AS
SELECT old.unit, lag(old.day, 1, '-infinity') OVER (PARTITION BY old.unit ORDER BY old.day) AS since, old.day,
    count(came.old_code) = 0 AS gone
FROM (SELECT DISTINCT old_code AS unit, valid_from AS day FROM ref_unit_successor WHERE replaced_by IS NULL) old
LEFT JOIN ref_unit_successor came
    ON came.new_code = old.unit AND came.valid_from = old.day AND came.replaced_by IS NULL
WHERE old.day <= (SELECT province_day(max(last_time)) FROM stream_source)
GROUP BY old.unit, old.day
HAVING count(came.old_code) = 0 OR bool_or(came.old_code <> old.unit);

-- The levels that stand on a day: of each unit and part the last measured, if no end of that unit lies between. total:
-- it was told of the province, and stands for its part.
CREATE FUNCTION standing_level(of_domain text, of_counters text[], of_last date, of_unit text, of_part text)
RETURNS TABLE (counter text, unit text, part text, day date, amount bigint, total boolean) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT l.counter, l.unit, l.part, l.day, l.amount,
        EXISTS (SELECT FROM ref_unit u WHERE u.code = l.unit AND u.tier = 'province' AND u.replaced_by IS NULL)
    FROM (
        SELECT DISTINCT ON (f.counter, f.unit, f.part) f.counter, f.unit, f.part, f.day, f.amount
        FROM subject_level f
        WHERE f.domain = of_domain AND f.counter = ANY (of_counters) AND f.day <= coalesce(of_last, 'infinity')
            AND (of_unit IS NULL OR f.unit = of_unit)
            AND (of_part IS NULL OR f.part = of_part)
        ORDER BY f.counter DESC, f.unit DESC, f.part DESC, f.day DESC -- the key backwards
    ) l
    WHERE NOT EXISTS (
        SELECT FROM unit_end e WHERE e.unit = l.unit AND e.day > l.day AND e.day <= coalesce(of_last, 'infinity')
    );
END;

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
        AND date '1970-01-01' + (r.cells ->> 3)::integer
            BETWEEN coalesce(of_first, '-infinity') AND coalesce(of_last, 'infinity')
        AND (of_unit IS NULL OR r.cells ->> 1 = of_unit)
        AND (of_part IS NULL OR r.cells ->> 2 = of_part)
    GROUP BY s.subject
    UNION ALL
    -- Of subjects that say the same level the one that was told last, as in subject_level. Where it was told of the
    -- province and no one unit is asked for, no unit's is in the number.
    SELECT told.subject, sum(told.amount)::bigint
    FROM (
        SELECT DISTINCT ON (l.unit, l.part) s.subject, (r.cells ->> 4)::bigint AS amount
        FROM subject_state s
        CROSS JOIN LATERAL json_array_elements(s.contribution::json) AS r (cells)
        JOIN (
            SELECT f.unit, f.part, f.day, f.total, bool_or(f.total) OVER (PARTITION BY f.part) AS told
            FROM standing_level(of_domain, ARRAY[of_counter], of_last, of_unit, of_part) f
            WHERE of_kind = 'level'
        ) l ON l.unit = r.cells ->> 1 AND l.part = r.cells ->> 2
            AND l.day = date '1970-01-01' + (r.cells ->> 3)::integer
            AND (of_unit IS NOT NULL OR l.total OR NOT l.told)
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
