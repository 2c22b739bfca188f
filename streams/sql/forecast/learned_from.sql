-- Histories of one in so many of them, chosen by their codes alone: neither how long they took nor whether they have ended
-- decides. Parameters: since, one_in.
SELECT s.subject, h.events
FROM case_state s JOIN case_history h ON h.subject = s.subject
WHERE s.accepted_at >= %(since)s AND s.voided_at IS NULL AND NOT s.oversized
    AND (hashtext(s.subject) & 2147483647) %% %(one_in)s = 0;
