-- The essential services (dịch vụ công thiết yếu): their targets, and which cases are theirs.

ALTER TABLE ref_service ADD COLUMN short_name text; -- for a wall's row; our own wording

-- What online share, in per cent, a service is to reach by a day. number 0: each service without a row of its own;
-- unit NULL: the whole service, and each unit without a row of its own. start NULL: as measured before valid_from.
CREATE TABLE ref_service_target (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number integer NOT NULL,
    unit text,
    start numeric(5, 2),
    target numeric(5, 2) NOT NULL,
    due date NOT NULL,
    source text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    confidence text NOT NULL,
    note text,
    file text NOT NULL,
    kept boolean NOT NULL,
    load_id bigint NOT NULL REFERENCES ref_load,
    replaced_by bigint REFERENCES ref_load
);
CREATE UNIQUE INDEX ref_service_target_stated ON ref_service_target (number, unit, valid_from) NULLS NOT DISTINCT
    WHERE replaced_by IS NULL;

-- The cases of a service are few among all of its days.
CREATE INDEX case_state_service ON case_state (procedure, province_day(accepted_at)) WHERE accepted_at IS NOT NULL;
CREATE INDEX case_state_turned_away ON case_state (procedure, province_day(ended_at))
    WHERE accepted_at IS NULL AND end_kind = 'refused';

-- The keys of procedures, as events gave them, that meant a service from one day to another within these. online: what the
-- catalogue of those days says of the procedure (none, partial, whole; NULL: not known). of_number NULL: every service. A
-- key is what reference_key() says it is; it changes only on the first days of reference rows and after their last. Keys
-- in decomposed letters are found too; any other spelling is an alias.
CREATE FUNCTION service_key(
    of_first date, of_last date, of_number integer
) RETURNS TABLE (number integer, procedure text, first_day date, last_day date, online text) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH named AS MATERIALIZED (
        SELECT DISTINCT s.number, code.code, spelt.procedure
        FROM ref_service s
        CROSS JOIN LATERAL unnest(string_to_array(s.procedure_codes, '|')) AS code (code)
        JOIN ref_alias a ON a.kind = 'procedure' AND a.key = code.code
        CROSS JOIN LATERAL (VALUES (a.alias::text), (normalize(a.alias, NFD)::text)) AS spelt (procedure)
        WHERE s.replaced_by IS NULL AND (of_number IS NULL OR s.number = of_number)
    ), border AS (
        SELECT of_first AS day
        UNION
        SELECT unnest(ARRAY[a.valid_from, a.valid_to + 1]) FROM ref_alias a
        WHERE a.kind = 'procedure' AND a.alias IN (SELECT normalize(n.procedure, NFC) FROM named n)
        UNION
        SELECT unnest(ARRAY[s.valid_from, s.valid_to + 1]) FROM ref_service s
        WHERE s.replaced_by IS NULL AND s.number IN (SELECT n.number FROM named n)
        UNION
        SELECT unnest(ARRAY[p.valid_from, p.valid_to + 1]) FROM ref_procedure p
        WHERE p.replaced_by IS NULL AND p.code IN (SELECT n.code FROM named n)
    ), span AS MATERIALIZED (
        SELECT b.day AS first_day, coalesce(lead(b.day) OVER (ORDER BY b.day) - 1, of_last) AS last_day
        FROM border b WHERE b.day BETWEEN of_first AND of_last
    )
    SELECT n.number, n.procedure, span.first_day, span.last_day, (
        SELECT p.online FROM ref_procedure p
        WHERE p.replaced_by IS NULL AND p.code = n.code
            AND span.first_day BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
        ORDER BY p.kept, p.valid_from DESC
        LIMIT 1
    )
    FROM named n CROSS JOIN span
    WHERE reference_key('procedure', n.procedure, span.first_day) = n.code
        AND EXISTS (
            SELECT FROM ref_service s
            WHERE s.replaced_by IS NULL AND s.number = n.number AND n.code = ANY (string_to_array(s.procedure_codes, '|'))
                AND span.first_day BETWEEN s.valid_from AND coalesce(s.valid_to, 'infinity')
        );
END;

-- The cases of the services that came in on these days, and what each counts as:
--   received           accepted on that day
--   online             of these, those that came online
--   not_offered        of the others, those whose procedure the catalogue does not offer online
--   offer_unknown      ... of which the catalogue does not say
--   not_used           ... of which it is offered online
--   tried              online ones, those too that were turned away before acceptance (on the day of the refusal)
--   refused            of those tried: refused, or asked for supplements
--   sync               online ones of which the national portal has nothing (case_gap(): not_sent)
--   portal             received ones that the portal has
--   portal_online      of these, those that came online
-- Figures, lists and openings all ask this. of_number, of_unit NULL: every one.
CREATE FUNCTION service_case(
    of_first date, of_last date, of_number integer, of_unit text
) RETURNS TABLE (number integer, subject text, unit text, counts_as text[]) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH keys AS MATERIALIZED (
        SELECT k.number, k.procedure, k.first_day, k.last_day, k.online FROM service_key(of_first, of_last, of_number) k
    ), came AS (
        SELECT k.number, k.online AS offered, s.subject, s.unit, true AS received, s.channel = 'online' AS online,
            coalesce(s.end_kind = 'refused', false) OR s.supplement_requests > 0 AS refused,
            s.synced_at IS NOT NULL OR s.portal_status IS NOT NULL AS known
        FROM keys k
        JOIN case_state s ON s.procedure = k.procedure AND province_day(s.accepted_at) BETWEEN k.first_day AND k.last_day
        WHERE s.accepted_at IS NOT NULL AND (of_unit IS NULL OR s.unit = of_unit)
        UNION ALL
        SELECT k.number, k.online, s.subject, s.unit, false, true, true, false
        FROM keys k
        JOIN case_state s ON s.procedure = k.procedure AND province_day(s.ended_at) BETWEEN k.first_day AND k.last_day
        WHERE s.accepted_at IS NULL AND s.end_kind = 'refused' AND s.channel = 'online'
            AND (of_unit IS NULL OR s.unit = of_unit)
    )
    SELECT c.number, c.subject, c.unit, array_remove(ARRAY[
        CASE WHEN c.received THEN 'received' END,
        CASE WHEN c.received AND c.online THEN 'online' END,
        CASE WHEN NOT c.online AND c.offered = 'none' THEN 'not_offered' END,
        CASE WHEN NOT c.online AND c.offered IS NULL THEN 'offer_unknown' END,
        CASE WHEN NOT c.online AND c.offered <> 'none' THEN 'not_used' END,
        CASE WHEN c.online THEN 'tried' END,
        CASE WHEN c.online AND c.refused THEN 'refused' END,
        CASE WHEN c.received AND c.online AND NOT c.known THEN 'sync' END,
        CASE WHEN c.received AND c.known THEN 'portal' END,
        CASE WHEN c.received AND c.online AND c.known THEN 'portal_online' END
    ], NULL)
    FROM came c;
END;
