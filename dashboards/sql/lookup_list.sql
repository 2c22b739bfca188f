-- A page of the look-ups that a counter counts, newest first, behind the last row of the page before. Every filter may be
-- NULL. Days are the province's. The rollup says which hours have any and how many, so that only as many hours are read as
-- fill the page, however long the period; of an account, the hours of its days. Parameters: counter, first, last, unit,
-- application, channel, account, before_time, before_subject, before_source, before_id, limit.
WITH told AS MATERIALIZED (
    SELECT lookup_account_told(%(account)s::text) AS account,
        lookup_subject_told(%(before_subject)s::text) AS before_subject
), counted AS (
    SELECT r.hour, sum(CASE %(counter)s
        WHEN 'lookups' THEN r.lookups WHEN 'without_case' THEN r.without_case WHEN 'not_found' THEN r.not_found
        WHEN 'mismatch' THEN r.mismatch WHEN 'errors' THEN r.errors WHEN 'automatic' THEN r.automatic
        ELSE r.timed
    END) AS amount
    FROM lookup_by_unit_hour r
    WHERE r.hour >= coalesce(%(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '-infinity')
        AND r.hour < coalesce((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'infinity')
        AND r.hour <= coalesce(%(before_time)s::timestamptz, 'infinity')
        AND (%(unit)s::text IS NULL OR r.unit = %(unit)s::text)
        AND (%(application)s::text IS NULL OR r.application = %(application)s::text)
        AND (%(channel)s::text IS NULL OR r.channel = %(channel)s::text)
        AND (%(account)s::text IS NULL OR province_day(r.hour) IN (
            SELECT d.day FROM lookup_by_account_day d, told WHERE d.account = told.account
        ))
    GROUP BY r.hour
), hours AS MATERIALIZED (
    -- The first hour may be read in part already: what is behind it must fill the page.
    SELECT hour FROM (
        SELECT hour, amount, sum(amount) OVER w - amount - first_value(amount) OVER w AS behind
        FROM counted WHERE amount > 0
        WINDOW w AS (ORDER BY hour DESC)
    ) AS c
    WHERE behind < %(limit)s OR %(account)s::text IS NOT NULL
)
SELECT lookup_subject_shown(s.subject) AS subject, s.source, s.id,
    lookup_account_shown(lookup_account_of(s.subject)) AS account, s.time, s.unit, s.application, s.purpose, s.case_code,
    s.channel, s.person, s.fields, s.result, s.latency_ms, s.client
FROM hours h
CROSS JOIN LATERAL (
    SELECT * FROM lookup_standing l
    WHERE l.time >= h.hour AND l.time < h.hour + interval '1 hour' AND l.day = province_day(h.hour)
        AND (%(unit)s::text IS NULL OR l.unit = %(unit)s::text)
        AND (%(application)s::text IS NULL OR l.application = %(application)s::text)
        AND (%(channel)s::text IS NULL OR l.channel = %(channel)s::text)
        AND (%(account)s::text IS NULL OR l.subject = (SELECT account FROM told) || '/' || province_day(h.hour))
        AND CASE %(counter)s
            WHEN 'lookups' THEN true WHEN 'without_case' THEN l.case_code IS NULL
            WHEN 'not_found' THEN l.result = 'not_found' WHEN 'mismatch' THEN l.result = 'mismatch'
            WHEN 'errors' THEN l.result = 'error' WHEN 'automatic' THEN l.channel = 'automatic'
            ELSE l.latency_ms IS NOT NULL
        END
        AND (
            %(before_time)s::timestamptz IS NULL
            OR (l.time, l.subject, l.source, l.id)
                < (%(before_time)s::timestamptz, (SELECT before_subject FROM told), %(before_source)s, %(before_id)s)
        )
    ORDER BY l.time DESC, l.subject DESC, l.source DESC, l.id DESC
    LIMIT %(limit)s
) AS s
ORDER BY h.hour DESC, s.time DESC, s.subject DESC, s.source DESC, s.id DESC
LIMIT %(limit)s
