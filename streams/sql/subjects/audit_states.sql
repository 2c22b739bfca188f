-- Histories with what was stored of their fold, in key order; of a slice, or all (until_domain null).
SELECT coalesce(h.domain, s.domain), coalesce(h.subject, s.subject), h.events, h.oversized,
    s.subject IS NOT NULL, s.unit, s.part, s.standing, s.title,
    (extract(epoch FROM s.opened_at) * 1000000)::bigint, (extract(epoch FROM s.due_at) * 1000000)::bigint,
    (extract(epoch FROM s.ended_at) * 1000000)::bigint, (extract(epoch FROM s.last_at) * 1000000)::bigint,
    (extract(epoch FROM s.voided_at) * 1000000)::bigint, s.oversized, s.simulated, s.detail::text, s.contribution,
    s.rules_version, s.names, named_before(s.rules_edition, s.names)
FROM subject_history h FULL JOIN subject_state s ON s.domain = h.domain AND s.subject = h.subject
WHERE (coalesce(h.domain, s.domain), coalesce(h.subject, s.subject)) > (%(domain)s, %(subject)s)
    AND (%(until_domain)s::text IS NULL
        OR (coalesce(h.domain, s.domain), coalesce(h.subject, s.subject)) <= (%(until_domain)s, %(until_subject)s))
ORDER BY 1, 2;
