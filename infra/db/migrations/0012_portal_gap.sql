-- Own figure and the national portal's side by side, and the cases that make the difference.
ALTER TABLE case_state
    ADD COLUMN portal_ended_at timestamptz, -- since when the portal has it as ended
    ADD COLUMN portal_rewritten boolean NOT NULL DEFAULT false; -- the portal's status was rewritten on the way
CREATE INDEX case_state_portal_ended ON case_state (province_day(portal_ended_at)) WHERE portal_ended_at IS NOT NULL;

-- The cases that an indicator counts on these days, by the province's own events (own) and by what the national portal has
-- of them (portal), and the cause where the two differ. A case that both count but the portal under another code is
-- own and portal, with that cause. of_indicator: received, finished, on_time, late; of_unit NULL: every unit. Cases folded
-- by rules before 3 do not say when the portal ended them; there its end counts as the case's own.
CREATE FUNCTION case_gap(
    of_indicator text, of_first date, of_last date, of_unit text
) RETURNS TABLE (subject text, unit text, own boolean, portal boolean, cause text) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH told AS (
        SELECT s.subject, s.unit, s.status, s.portal_code, s.portal_rewritten, s.due_at, s.ended_at,
            s.synced_at IS NOT NULL OR s.portal_status IS NOT NULL AS known,
            coalesce(s.end_kind IN ('finished', 'returned'), false) AS done,
            coalesce(s.portal_status IN (9, 10), false) AS portal_done,
            CASE WHEN s.rules_version < 3 THEN s.ended_at ELSE s.portal_ended_at END AS portal_ended_at
        FROM case_state s
        WHERE s.accepted_at IS NOT NULL AND s.voided_at IS NULL AND (of_unit IS NULL OR s.unit = of_unit)
            AND (
                of_indicator = 'received' AND province_day(s.accepted_at) BETWEEN of_first AND of_last
                OR of_indicator <> 'received' AND province_day(s.ended_at) BETWEEN of_first AND of_last
                OR of_indicator <> 'received' AND province_day(s.portal_ended_at) BETWEEN of_first AND of_last
            )
    ), dated AS (
        SELECT t.*,
            t.done AND province_day(t.ended_at) BETWEEN of_first AND of_last AS here,
            t.portal_done AND province_day(t.portal_ended_at) BETWEEN of_first AND of_last AS portal_here
        FROM told t
    ), judged AS (
        SELECT d.*,
            CASE of_indicator
                WHEN 'received' THEN true
                WHEN 'finished' THEN d.here
                WHEN 'on_time' THEN coalesce(d.here AND d.ended_at <= d.due_at, false)
                WHEN 'late' THEN coalesce(d.here AND d.ended_at > d.due_at, false)
            END AS own,
            CASE of_indicator
                WHEN 'received' THEN d.known
                WHEN 'finished' THEN coalesce(d.portal_here, false)
                WHEN 'on_time' THEN coalesce(d.portal_here AND d.portal_ended_at <= d.due_at, false)
                WHEN 'late' THEN coalesce(d.portal_here AND d.portal_ended_at > d.due_at, false)
            END AS portal
        FROM dated d
    )
    SELECT j.subject, j.unit, j.own, j.portal,
        CASE
            WHEN j.own AND j.portal THEN CASE WHEN j.portal_code <> j.subject THEN 'other_code' END
            WHEN j.own AND NOT j.known THEN 'not_sent'
            WHEN j.own AND j.portal_done AND NOT j.portal_here THEN 'other_period'
            WHEN j.own THEN 'status_behind'
            WHEN j.done AND NOT j.here THEN 'other_period'
            WHEN j.done THEN 'status_behind' -- both have ended it, on different sides of its deadline
            WHEN j.portal_rewritten OR j.status IN (5, 6, 8) THEN 'rewritten_status'
            ELSE 'own_behind'
        END
    FROM judged j
    WHERE j.own OR j.portal;
END;
