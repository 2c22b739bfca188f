-- Ids under which a source speaks of more than one case: two events each, and worth a question to the source.
SELECT count(*) FROM (
    SELECT FROM case_event WHERE time >= '2010-01-01' GROUP BY source, id HAVING count(DISTINCT subject) > 1
) AS shared;
