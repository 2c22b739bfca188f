-- Who may administer, held until the transaction ends: of two who take each other's role, one comes second.
SELECT issuer, subject FROM access_account WHERE role = 'administrator' AND disabled_at IS NULL ORDER BY id FOR UPDATE
