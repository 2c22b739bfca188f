-- Whether there is such a unit and such a part: in the reference data or in any figure. Parameters: unit, part (both may
-- be null: all).
SELECT (
        coalesce(%(unit)s::text, '') = ''
        OR EXISTS (SELECT FROM ref_thing WHERE kind = 'unit' AND key = %(unit)s::text)
        OR EXISTS (SELECT FROM case_by_unit_day WHERE unit = %(unit)s::text)
        OR EXISTS (SELECT FROM case_state WHERE unit = %(unit)s::text)
        OR EXISTS (SELECT FROM lookup_by_unit_hour WHERE unit = %(unit)s::text)
        OR EXISTS (SELECT FROM stream_source WHERE source = %(unit)s::text)
        OR EXISTS (SELECT FROM subject_state WHERE unit = %(unit)s::text)
        OR EXISTS (SELECT FROM subject_figure WHERE unit = %(unit)s::text)
    ) AND (
        coalesce(%(part)s::text, '') = ''
        OR EXISTS (SELECT FROM lookup_by_unit_hour WHERE application = %(part)s::text)
        OR EXISTS (SELECT FROM subject_state WHERE part = %(part)s::text)
        OR EXISTS (SELECT FROM subject_figure WHERE part = %(part)s::text)
    )
