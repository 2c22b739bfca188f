"""A wall shows to each who may see it what the data API tells him, of his units and of the same time."""

from collections.abc import Mapping

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.periods import PeriodName
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.snapshot import FlowRow, Selection, feeding, read
from dashboards.screens.screen import Name
from tests.askers import LEADER, asking_as
from tests.integration.test_own_units import OFFICER, OWN, SETTINGS, asked_as, readers

__all__ = ["readers"]  # a fixture
FLOWS, NOW_FIGURES = FlowRow._fields[2:], ("open", "overdue")
COUNTERS = (*FLOWS, *NOW_FIGURES)
PROVINCE = (
    LEADER,
    Asker(AskerKind.ACCOUNT, "duty", "Trực ban", Role.DUTY_OFFICER),
    Asker(AskerKind.ACCOUNT, "auditor", "Kiểm tra", Role.AUDITOR),
    Asker(AskerKind.DEVICE, "wall", "Sảnh", Role.KIOSK),
)
KEYS = {
    (): Asker(AskerKind.KEY, "key", "Chương trình", Role.PROGRAM),  # a key opens no wall: it is told what people see
    (OWN,): Asker(AskerKind.KEY, "own", "Chương trình của đơn vị", Role.PROGRAM, (OWN,)),
}


async def on_the_wall(asker: Asker, readers: AskedDatabase, period: PeriodName) -> Mapping[str, int]:
    view = Selection(Name.WALL, period, scope=asker.units)
    with asking_as(asker):
        async with readers.snapshot() as snapshot:
            live = await read(snapshot, await feeding(snapshot.conn), view, SETTINGS)
    return {name: live.total(name) for name in FLOWS} | {name: live.total_now(name) for name in NOW_FIGURES}


async def by_the_api(asker: Asker, readers: AskedDatabase, period: PeriodName, **more: str) -> Mapping[str, int]:
    async with asked_as(asker, readers) as client:
        answer = await client.get("/api/v1/figures", params={"by": "total", "period": period.value, **more})
    assert answer.status_code == 200, answer.text
    (row,) = answer.json()["rows"]
    return {name: row["cases"][name] for name in COUNTERS}


async def test_walls_and_api_agree_for_every_role(readers: AskedDatabase) -> None:
    differ = 0
    for period in (PeriodName.TODAY, PeriodName.MONTH, PeriodName.YEAR):
        whole = await on_the_wall(LEADER, readers, period)
        own = await on_the_wall(OFFICER, readers, period)
        for asker in PROVINCE:
            assert await on_the_wall(asker, readers, period) == whole, (asker.id, period)
            assert await by_the_api(asker, readers, period) == whole, (asker.id, period)
            assert await by_the_api(asker, readers, period, unit=OWN) == own, (asker.id, period)
        assert await by_the_api(OFFICER, readers, period) == own, period
        assert await by_the_api(KEYS[()], readers, period) == whole, period
        assert await by_the_api(KEYS[OWN,], readers, period) == own, period
        differ += sum(whole[name] != own[name] > 0 for name in COUNTERS)
    assert differ > 10, "a unit's figures might be the province's"
