-- What cases come to for Quyết định 766, by unit; unit NULL is all of them together: of whole months from the rollup, of other
-- days from the cases themselves. "…procedures": how many procedures; "…_codes": which of the catalogue's had an online case, or
-- one paid online. No row where nothing was counted. Sums are of integer: of bigint they would be numeric, which
-- takes three times as long. Parameters: whole_months, first, last, unit, day (of the catalogue).
WITH named AS MATERIALIZED (
    SELECT a.alias, min(p.code) AS code
    FROM ref_alias a JOIN ref_procedure p ON p.code = a.key AND p.replaced_by IS NULL
    WHERE a.kind = 'procedure' AND %(day)s::date BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')
        AND %(day)s::date BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
    GROUP BY a.alias
    HAVING count(DISTINCT p.code) = 1
), part AS (
    SELECT unit, procedure,
        accepted::integer, on_time_766::integer, late_766::integer, portal_known::integer,
        results_electronic::integer, digitised_whole::integer, papers_reused::integer, population_used::integer,
        fee_cases::integer, paid_online::integer, accepted_online::integer
    FROM case_by_unit_procedure_month
    WHERE %(whole_months)s AND month BETWEEN %(first)s::date AND %(last)s::date
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    UNION ALL
    SELECT unit, procedure, 1, 0, 0,
        score_flags >> 0 & 1, score_flags >> 1 & 1, score_flags >> 2 & 1, score_flags >> 3 & 1, score_flags >> 4 & 1,
        score_flags >> 5 & 1, score_flags >> 6 & 1, score_flags >> 8 & 1
    FROM case_state
    WHERE NOT %(whole_months)s AND accepted_at IS NOT NULL
        AND province_day(accepted_at) BETWEEN %(first)s::date AND %(last)s::date
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
    UNION ALL
    SELECT unit, procedure, 0, CASE WHEN NOT late_766 THEN 1 ELSE 0 END, CASE WHEN late_766 THEN 1 ELSE 0 END,
        0, 0, 0, 0, 0, 0, 0, 0
    FROM case_state
    WHERE NOT %(whole_months)s AND ended_766 IS NOT NULL
        AND province_day(ended_766) BETWEEN %(first)s::date AND %(last)s::date
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
), pair AS MATERIALIZED (
    SELECT unit, procedure,
        sum(accepted) AS accepted, sum(on_time_766) AS on_time_766, sum(late_766) AS late_766,
        sum(portal_known) AS portal_known, sum(results_electronic) AS results_electronic,
        sum(digitised_whole) AS digitised_whole, sum(papers_reused) AS papers_reused,
        sum(population_used) AS population_used, sum(fee_cases) AS fee_cases, sum(paid_online) AS paid_online,
        sum(accepted_online) AS accepted_online
    FROM part
    GROUP BY unit, procedure
), whole AS ( -- each procedure once
    SELECT procedure,
    sum(accepted)::bigint AS accepted, sum(on_time_766)::bigint AS on_time_766,
    sum(late_766)::bigint AS late_766, sum(portal_known)::bigint AS portal_known,
    sum(results_electronic)::bigint AS results_electronic, sum(digitised_whole)::bigint AS digitised_whole,
    sum(papers_reused)::bigint AS papers_reused, sum(population_used)::bigint AS population_used,
    sum(fee_cases)::bigint AS fee_cases, sum(paid_online)::bigint AS paid_online,
    sum(accepted_online)::bigint AS accepted_online
    FROM pair GROUP BY procedure
), told AS (
    SELECT p.*, n.code FROM pair p LEFT JOIN named n ON n.alias = normalize(p.procedure, NFC)
    UNION ALL
    SELECT NULL, w.*, n.code FROM whole w LEFT JOIN named n ON n.alias = normalize(w.procedure, NFC)
)
SELECT unit,
    sum(accepted)::bigint AS accepted, sum(on_time_766)::bigint AS on_time_766,
    sum(late_766)::bigint AS late_766, sum(portal_known)::bigint AS portal_known,
    sum(results_electronic)::bigint AS results_electronic, sum(digitised_whole)::bigint AS digitised_whole,
    sum(papers_reused)::bigint AS papers_reused, sum(population_used)::bigint AS population_used,
    sum(fee_cases)::bigint AS fee_cases, sum(paid_online)::bigint AS paid_online,
    sum(accepted_online)::bigint AS accepted_online,
    count(*) FILTER (WHERE accepted > 0) AS procedures,
    count(*) FILTER (WHERE population_used > 0) AS population_procedures,
    coalesce(array_agg(DISTINCT code) FILTER (WHERE accepted_online > 0 AND code IS NOT NULL), '{}') AS online_codes,
    coalesce(array_agg(DISTINCT code) FILTER (WHERE paid_online > 0 AND code IS NOT NULL), '{}') AS paid_codes
FROM told
GROUP BY unit
