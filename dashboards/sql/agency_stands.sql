-- Whether a chain was ever with such an agency. Parameters: key.
SELECT EXISTS (SELECT FROM case_state WHERE chain_step IS NOT NULL AND chain_agency = %(key)s::text)
    OR EXISTS (SELECT FROM case_chain_stay WHERE agency = %(key)s::text)
