-- When a counter of this moment next changes by the clock alone: a deadline is reached, or comes within reach.
-- Parameters: domains, standings (in step), as_of, soon.
SELECT least(
    min(s.due_at) FILTER (WHERE s.due_at >= %(as_of)s),
    min(s.due_at) FILTER (WHERE s.due_at >= %(soon)s) - (%(soon)s::timestamptz - %(as_of)s::timestamptz)
)
FROM unnest(%(domains)s::text[], %(standings)s::text[]) AS c (domain, standing)
JOIN subject_state s ON s.domain = c.domain AND s.standing = c.standing AND s.due_at >= %(as_of)s
