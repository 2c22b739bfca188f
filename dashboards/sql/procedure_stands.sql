-- Whether anything is told of such a procedure. Parameters: key.
SELECT EXISTS (SELECT FROM case_by_procedure_day WHERE procedure = %(key)s::text)
    OR EXISTS (SELECT FROM case_state WHERE procedure = %(key)s::text AND accepted_at IS NOT NULL)
    OR EXISTS (
        SELECT FROM case_state WHERE procedure = %(key)s::text AND accepted_at IS NULL AND end_kind = 'refused'
    )
