-- The list behind a number of any domain, opened as a case counter's is.

ALTER TABLE opening ADD COLUMN domain text NOT NULL DEFAULT 'case';

-- The subjects that a counter of a domain counts, and how much each adds: the amounts add up to the figure.
-- of_kind is the counter's: "flow" sums the days; "level" takes of each unit and part the last day up to of_last; "now"
-- takes the standings given, with of_due 'past' (before as_of) or 'soon' (from as_of to before of_soon), and of_first to
-- of_last only where they bound the day of opening. NULL is no filter.
CREATE FUNCTION subject_counted(
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
    SELECT s.subject, sum((r.cells ->> 4)::bigint)::bigint
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
    GROUP BY s.subject
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
