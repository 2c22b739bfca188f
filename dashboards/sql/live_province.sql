-- Of the whole province what was on time and late in a span of days. Parameters: first, last (they begin and end days).
SELECT coalesce(sum(on_time), 0)::bigint, coalesce(sum(late), 0)::bigint
FROM province_by_day
WHERE day BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
