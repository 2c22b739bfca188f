-- Whether anything is told of such a unit, or by such a source. Parameters: key, and all domains and counters, which
-- lets the figures' key be searched.
SELECT EXISTS (SELECT FROM case_by_unit_day WHERE unit = %(key)s::text)
    OR EXISTS (SELECT FROM case_state WHERE unit = %(key)s::text)
    OR EXISTS (SELECT FROM lookup_unit WHERE %(key)s::text = ANY (keys))
    OR EXISTS (SELECT FROM stream_source WHERE source = %(key)s::text)
    OR EXISTS (SELECT FROM subject_state WHERE unit = %(key)s::text)
    OR EXISTS (
        SELECT FROM subject_figure
        WHERE domain = ANY (%(domains)s::text[]) AND counter = ANY (%(counters)s::text[]) AND unit = %(key)s::text
    )
