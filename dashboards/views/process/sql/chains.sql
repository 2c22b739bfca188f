-- Each hand-over of the interlinked groups, and each group (step NULL): how many cases wait at the agency now, how many of them
-- it has not yet received, since when the oldest waits; of those that went through it in the period how many, and what that
-- took in working seconds. Parameters: chain, unit, first, last.
SELECT c.chain, c.step, c.agency,
    count(DISTINCT c.subject) FILTER (WHERE c.until_at IS NULL) AS waiting,
    count(DISTINCT c.subject) FILTER (WHERE c.until_at IS NULL AND NOT c.received) AS not_received,
    min(c.since_at) FILTER (WHERE c.until_at IS NULL) AS oldest,
    count(DISTINCT c.subject) FILTER (WHERE c.here) AS through,
    percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY c.worked_s) FILTER (WHERE c.here) AS took
FROM (
    SELECT s.*, coalesce(province_day(s.until_at) BETWEEN coalesce(%(first)s::date, '-infinity')
        AND coalesce(%(last)s::date, 'infinity'), false) AS here
    FROM case_chain_stay s
    WHERE (%(chain)s::text IS NULL OR s.chain = %(chain)s::text) AND (%(unit)s::text IS NULL OR s.unit = %(unit)s::text)
) c
WHERE c.until_at IS NULL OR c.here
GROUP BY GROUPING SETS ((c.chain, c.step, c.agency), (c.chain))
ORDER BY c.chain COLLATE "C", c.step COLLATE "C" NULLS FIRST, c.agency COLLATE "C"
