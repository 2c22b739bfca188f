"""Cases that an earlier release folded keep counting after a migration, and come under the present rules one by one."""

from datetime import UTC, datetime, timedelta

import psycopg

from infra.endpoints import DatabaseUrls
from schemas.state import RULES_VERSION
from streams.audit.cases import audit
from tests.integration.sample_province import event, play

AT = datetime(2024, 12, 30, 3, tzinfo=UTC)
CASE = "H19.19-241230-0001"
STATE = "SELECT rules_version, portal_status, unit FROM case_state WHERE subject = %s"


async def test_a_case_under_old_rules_is_counted_as_such_and_lifted_by_its_next_event(database: DatabaseUrls) -> None:
    accepted = event(CASE, "a", "accepted", AT, unit="Sở Tư pháp", channel="online")
    await play(database.streams, [accepted, event("H19.19-241230-0002", "a", "accepted", AT, unit="A", channel="post")])
    with psycopg.connect(database.migrate, autocommit=True) as owner:
        # As the migration leaves what rules 1 have folded: the new columns are NULL, the contribution is the same.
        owner.execute("UPDATE case_state SET rules_version = 1")
        before = audit(database.streams)

        synced = {"message": "DongBoHoSoMC", "sent_status": 4, "answer": "taken"}
        await play(database.streams, [event(CASE, "s", "synced", AT + timedelta(hours=1), **synced)])
        after = audit(database.streams)

        assert (before.ok, before.old_rules) == (True, 2)
        assert (after.ok, after.old_rules) == (True, 1)
        assert owner.execute(STATE, [CASE]).fetchone() == (RULES_VERSION, 4, "Sở Tư pháp")
