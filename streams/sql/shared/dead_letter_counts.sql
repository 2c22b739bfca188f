-- How many dead letters there are by what was wrong, most first.
SELECT topic, source, field, rule, count(*), max(received_at), count(*) FILTER (WHERE replayed_at IS NOT NULL)
FROM dead_letter
GROUP BY topic, source, field, rule
ORDER BY count(*) DESC, topic, source, field, rule;
