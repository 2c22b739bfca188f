-- How many versions of events of these domains did not count, in all.
SELECT coalesce(sum(amount), 0)::bigint FROM subject_figure
WHERE domain = ANY (%(domains)s::text[]) AND counter = 'conflicts';
