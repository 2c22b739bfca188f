-- A finding: a new episode, or what a known one has grown to. What was seen first stays.
INSERT INTO lookup_finding AS f (
    id, rule, scope, key, unit, application, began_at, seen_at, last_at, minutes, lookups, usual, without_case, not_found,
    errors, persons, case_code, person, days, limit_lookups, reaches_at, soonest_at, latest_at, part, examples
)
VALUES (
    %(id)s, %(rule)s, %(scope)s, %(key)s, %(unit)s, %(application)s, moment_at(%(began)s), moment_at(%(seen)s),
    moment_at(%(seen)s), %(minutes)s, %(lookups)s, %(usual)s, %(without_case)s, %(not_found)s, %(errors)s, %(persons)s,
    %(case)s, %(person)s, %(days)s, %(limit)s, moment_at(%(reaches)s), moment_at(%(soonest)s), moment_at(%(latest)s),
    %(part)s, %(examples)s
)
ON CONFLICT (id) DO UPDATE SET
    last_at = greatest(f.last_at, excluded.last_at), minutes = excluded.minutes, lookups = excluded.lookups,
    usual = excluded.usual, without_case = excluded.without_case, not_found = excluded.not_found, errors = excluded.errors,
    persons = excluded.persons, case_code = excluded.case_code, person = excluded.person, days = excluded.days,
    limit_lookups = excluded.limit_lookups, reaches_at = excluded.reaches_at, soonest_at = excluded.soonest_at,
    latest_at = excluded.latest_at, part = excluded.part, examples = excluded.examples, cleared_at = NULL
WHERE excluded.last_at >= f.last_at;
