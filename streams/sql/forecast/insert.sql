-- The day's forecasts, as arrays.
INSERT INTO forecast_case
    (day, subject, due_at, step, chance, expected_at, at_risk, expected_us, simple_us, simple_chance, chance_61,
        chance_766)
SELECT %(day)s, f.subject, moment_at(f.due), f.step, f.chance, moment_at(f.expected), f.at_risk, f.took, f.simple, f.simple_chance,
    f.chance_61, f.chance_766
FROM unnest(
    %(subjects)s::text[], %(dues)s::bigint[], %(steps)s::text[], %(chances)s::double precision[], %(expected)s::bigint[],
    %(at_risk)s::boolean[], %(took)s::bigint[], %(simple)s::bigint[], %(simple_chances)s::double precision[],
    %(chances_61)s::double precision[], %(chances_766)s::double precision[]
) AS f (subject, due, step, chance, expected, at_risk, took, simple, simple_chance, chance_61, chance_766);
