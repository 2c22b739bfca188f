-- The look-ups that stand of one account's day, in order; without the person. Parameters: subject, day, limit.
SELECT time, source, id, unit, application, purpose, case_code AS "case", channel, result, latency_ms
FROM lookup_standing
WHERE subject = (SELECT lookup_subject_told(%(subject)s)) AND day = %(day)s
ORDER BY time, source, id
LIMIT %(limit)s
