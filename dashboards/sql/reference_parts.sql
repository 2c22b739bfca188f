-- What figures are taken apart by besides units and procedures (systems, plans, sectors, components …), by domain, with
-- the days on which it stands in them.
SELECT domain, part, min(day) AS first_day, max(day) AS last_day, sum(amount)::bigint AS amount
FROM (
    SELECT domain, part, day, subjects AS amount FROM subject_figure WHERE part <> ''
    UNION ALL
    SELECT 'lookup', application, province_day(hour), lookups FROM lookup_by_unit_hour WHERE application <> ''
) AS used
GROUP BY domain, part
HAVING sum(amount) > 0
ORDER BY domain, amount DESC, part
