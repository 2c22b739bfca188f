-- As score_months, over any days, from the cases themselves. Parameters: as score_months.
WITH named AS MATERIALIZED (
    SELECT a.alias, min(p.code) AS code, bool_or(p.online IN ('partial', 'whole')) AS online, bool_or(p.fee) AS fee
    FROM ref_alias a JOIN ref_procedure p ON p.code = a.key AND p.replaced_by IS NULL
    WHERE a.kind = 'procedure' AND %(day)s::date BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')
        AND %(day)s::date BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
    GROUP BY a.alias
    HAVING count(DISTINCT p.code) = 1
), pair AS MATERIALIZED (
    SELECT unit, procedure,
        sum(accepted)::bigint AS accepted, sum(on_time_766)::bigint AS on_time_766,
        sum(late_766)::bigint AS late_766, sum(portal_known)::bigint AS portal_known,
        sum(results_electronic)::bigint AS results_electronic, sum(digitised_whole)::bigint AS digitised_whole,
        sum(papers_reused)::bigint AS papers_reused, sum(population_used)::bigint AS population_used,
        sum(fee_cases)::bigint AS fee_cases, sum(paid_online)::bigint AS paid_online,
        sum(dissatisfied)::bigint AS dissatisfied, sum(accepted_online)::bigint AS accepted_online
    FROM (
        SELECT unit, procedure, count(*) AS accepted, 0::bigint AS on_time_766, 0::bigint AS late_766,
            count(*) FILTER (WHERE score_flags & 1 <> 0) AS portal_known,
            count(*) FILTER (WHERE score_flags & 2 <> 0) AS results_electronic,
            count(*) FILTER (WHERE score_flags & 4 <> 0) AS digitised_whole,
            count(*) FILTER (WHERE score_flags & 8 <> 0) AS papers_reused,
            count(*) FILTER (WHERE score_flags & 16 <> 0) AS population_used,
            count(*) FILTER (WHERE score_flags & 32 <> 0) AS fee_cases,
            count(*) FILTER (WHERE score_flags & 64 <> 0) AS paid_online,
            count(*) FILTER (WHERE score_flags & 128 <> 0) AS dissatisfied,
            count(*) FILTER (WHERE score_flags & 256 <> 0) AS accepted_online
        FROM case_state
        WHERE accepted_at IS NOT NULL AND province_day(accepted_at) BETWEEN %(first)s::date AND %(last)s::date
            AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        GROUP BY unit, procedure
        UNION ALL
        SELECT unit, procedure, 0, count(*) FILTER (WHERE NOT late_766), count(*) FILTER (WHERE late_766), 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM case_state
        WHERE ended_766 IS NOT NULL AND province_day(ended_766) BETWEEN %(first)s::date AND %(last)s::date
            AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        GROUP BY unit, procedure
    ) part
    GROUP BY unit, procedure
), whole AS ( -- each procedure once
    SELECT procedure,
    sum(accepted)::bigint AS accepted, sum(on_time_766)::bigint AS on_time_766,
    sum(late_766)::bigint AS late_766, sum(portal_known)::bigint AS portal_known,
    sum(results_electronic)::bigint AS results_electronic, sum(digitised_whole)::bigint AS digitised_whole,
    sum(papers_reused)::bigint AS papers_reused, sum(population_used)::bigint AS population_used,
    sum(fee_cases)::bigint AS fee_cases, sum(paid_online)::bigint AS paid_online,
    sum(dissatisfied)::bigint AS dissatisfied, sum(accepted_online)::bigint AS accepted_online
    FROM pair GROUP BY procedure
), told AS (
    SELECT p.*, n.code, n.online, n.fee FROM pair p LEFT JOIN named n ON n.alias = normalize(p.procedure, NFC)
    UNION ALL
    SELECT NULL, w.*, n.code, n.online, n.fee FROM whole w LEFT JOIN named n ON n.alias = normalize(w.procedure, NFC)
)
SELECT unit,
    sum(accepted)::bigint AS accepted, sum(on_time_766)::bigint AS on_time_766,
    sum(late_766)::bigint AS late_766, sum(portal_known)::bigint AS portal_known,
    sum(results_electronic)::bigint AS results_electronic, sum(digitised_whole)::bigint AS digitised_whole,
    sum(papers_reused)::bigint AS papers_reused, sum(population_used)::bigint AS population_used,
    sum(fee_cases)::bigint AS fee_cases, sum(paid_online)::bigint AS paid_online,
    sum(dissatisfied)::bigint AS dissatisfied, sum(accepted_online)::bigint AS accepted_online,
    count(*) FILTER (WHERE accepted > 0) AS procedures,
    count(*) FILTER (WHERE population_used > 0) AS population_procedures,
    count(DISTINCT code) FILTER (WHERE online AND accepted_online > 0) AS catalogued_online,
    count(DISTINCT code) FILTER (WHERE fee AND paid_online > 0) AS catalogued_paid_online
FROM told
GROUP BY unit
