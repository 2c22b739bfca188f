-- Readings of the deadlines' law: the value of each rule on the day, and how many cases the other value would judge
-- otherwise: ended on the days, or open and past the appointment, or broken a rule by one of the two.
-- Parameters: rules, breaking (those of them that are about a breach, not a deadline), as_of, day, first, last.
SELECT asked.name, r.value, coalesce(c.amount, 0)::bigint AS changed
FROM unnest(%(rules)s::text[]) AS asked (name)
LEFT JOIN ref_rule r
    ON r.rule = asked.name AND r.replaced_by IS NULL AND r.valid_from <= %(day)s::date
        AND coalesce(r.valid_to, 'infinity') >= %(day)s::date
LEFT JOIN (
    SELECT met.name, count(*) AS amount
    FROM case_state s CROSS JOIN LATERAL unnest(s.readings) AS met (name)
    WHERE s.readings <> '{}'
        AND CASE
            WHEN s.ended_at IS NOT NULL THEN province_day(s.ended_at) BETWEEN %(first)s::date AND %(last)s::date
            ELSE s.due_at < %(as_of)s::timestamptz OR met.name = ANY (%(breaking)s::text[])
        END
    GROUP BY met.name
) AS c USING (name)
