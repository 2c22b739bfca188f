"""What is noted of a credential's use: to the minute, also of one that never rests."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.known import KnownAskers
from dashboards.access.store import AccessStore, Living
from schemas.access_token import fingerprint

BEGAN = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
PERSON = Asker(AskerKind.ACCOUNT, "a", "Người", Role.LEADER, credential="c")


class Table:
    """The one row that a store would hold."""

    def __init__(self) -> None:
        self.used_at = BEGAN

    async def used(self, uses: Mapping[str, tuple[datetime, str]]) -> None:
        self.used_at = max(self.used_at, uses["c"][0])

    async def living(self, _: datetime) -> dict[bytes, Living]:
        return {fingerprint("t"): Living(PERSON, None, timedelta(hours=1), self.used_at)}


async def test_who_asks_every_ten_seconds_is_noted_each_minute() -> None:
    now, table = BEGAN, Table()
    known = KnownAskers(cast(AccessStore, table), lambda: now)
    await known.read()
    for _ in range(7 * 60):  # seventy minutes: longer than a session may rest
        now += timedelta(seconds=10)
        assert known.of("t") is not None
        await known.read()
        assert now - table.used_at <= timedelta(minutes=1)


async def test_a_page_that_asks_by_itself_keeps_nobody_in() -> None:
    now, table = BEGAN, Table()
    known = KnownAskers(cast(AccessStore, table), lambda: now)
    await known.read()
    now += timedelta(minutes=59)
    assert known.of("t", uses=False) is not None
    now += timedelta(minutes=1)
    assert known.of("t", uses=False) is None
