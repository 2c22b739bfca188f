-- The essential services (dịch vụ công thiết yếu): their targets, and which cases are theirs.

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

-- The keys of procedures, as events gave them, that meant a service on a day on which cases came in or were refused. online:
-- what the catalogue of that day says of the procedure (none, partial, whole; NULL: not known). of_number NULL: every
-- service. A key is what reference_key() says it is on that day; one in decomposed letters is found, other spellings are
-- aliases.
CREATE FUNCTION service_day(
    of_first date, of_last date, of_number integer
) RETURNS TABLE (number integer, procedure text, day date, online text) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH named AS MATERIALIZED (
        SELECT DISTINCT s.number, code.code, spelt.procedure
        FROM ref_service s
        CROSS JOIN LATERAL unnest(string_to_array(s.procedure_codes, '|')) AS code (code)
        JOIN ref_alias a ON a.kind = 'procedure' AND a.key = code.code
        CROSS JOIN LATERAL (VALUES (a.alias::text), (normalize(a.alias, NFD)::text)) AS spelt (procedure)
        WHERE s.replaced_by IS NULL AND (of_number IS NULL OR s.number = of_number)
    ), told AS MATERIALIZED (
        SELECT DISTINCT n.number, n.code, n.procedure, r.day
        FROM named n JOIN case_by_procedure_day r ON r.procedure = n.procedure
        WHERE r.day BETWEEN of_first AND of_last AND (r.accepted > 0 OR r.refused > 0)
    )
    SELECT t.number, t.procedure, t.day, (
        SELECT p.online FROM ref_procedure p
        WHERE p.replaced_by IS NULL AND p.code = t.code AND t.day BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
        ORDER BY p.kept, p.valid_from DESC
        LIMIT 1
    )
    FROM told t
    WHERE reference_key('procedure', t.procedure, t.day) = t.code
        AND EXISTS (
            SELECT FROM ref_service s
            WHERE s.replaced_by IS NULL AND s.number = t.number AND t.code = ANY (string_to_array(s.procedure_codes, '|'))
                AND t.day BETWEEN s.valid_from AND coalesce(s.valid_to, 'infinity')
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
    WITH days AS MATERIALIZED (
        SELECT d.number, d.procedure, d.day, d.online FROM service_day(of_first, of_last, of_number) d
    ), came AS (
        SELECT d.number, d.online AS offered, s.subject, s.unit, true AS received, s.channel = 'online' AS online,
            coalesce(s.end_kind = 'refused', false) OR s.supplement_requests > 0 AS refused,
            s.synced_at IS NOT NULL OR s.portal_status IS NOT NULL AS known
        FROM days d JOIN case_state s ON s.procedure = d.procedure AND province_day(s.accepted_at) = d.day
        WHERE s.accepted_at IS NOT NULL AND (of_unit IS NULL OR s.unit = of_unit)
        UNION ALL
        SELECT d.number, d.online, s.subject, s.unit, false, true, true, false
        FROM days d JOIN case_state s ON s.procedure = d.procedure AND province_day(s.ended_at) = d.day
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
