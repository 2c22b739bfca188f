-- The mean working time of cases finished or returned in the period, without what they waited for the citizen, and how many
-- they are. Parameters: first, last, unit.
SELECT count(*) AS ended, (avg(office_us + agency_us + payment_us) / 1000000)::bigint AS mean_s
FROM case_state
WHERE ended_at IS NOT NULL AND end_kind IN ('finished', 'returned')
    AND province_day(ended_at) BETWEEN %(first)s::date AND %(last)s::date
    AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
