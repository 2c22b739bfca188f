-- How many cases and petitions that 5.3 and 5.4 count are late and disliked at once. Parameters: first, last, at, unit.
SELECT
    (
        SELECT count(*) FROM score_disliked(%(first)s::date, %(last)s::date, %(at)s::timestamptz, %(unit)s::text) d
        WHERE d.late
    ) + (
        SELECT count(*) FROM score_petition(%(first)s::date, %(last)s::date, %(at)s::timestamptz, %(unit)s::text) p
        WHERE p.late AND p.disliked
    )
