"""What may be chosen on a live screen: one form for all who ask the same, of what there is."""

from collections.abc import Mapping
from time import monotonic

from dashboards import unit_names
from dashboards.hub import Hub
from dashboards.periods import PeriodName
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.queries import query as sql
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Name
from dashboards.views import VIEWS
from schemas.contracts import CONTRACTS
from schemas.sqlstates import NotRead

PROVINCE_WALLS: Mapping[str, tuple[PeriodName, ...]] = {  # with their periods, the usual first; no wall reads for long
    view.slug: view.periods for view in VIEWS
}
TRUSTED_FOR = 60.0  # seconds in which what was there is not asked for again


class NotThere(links.BadAddress):
    """No such screen, or no such unit or part."""


def chosen(name: str, query: Mapping[str, str], period: PeriodName = PeriodName.TODAY) -> Selection:
    """The screen's selection; ``period`` where the address names none. What the screen does not narrow by is left out.
    Raises :class:`links.BadAddress`."""
    if name not in SCREENS:
        raise NotThere("không có màn này")
    view = links.view_of(name, query, period)
    if SCREENS[name].framing:
        return Selection(name)
    if name in PROVINCE_WALLS:
        if view.period not in PROVINCE_WALLS[name]:
            raise links.BadAddress("màn hình này không có kỳ đó; xem trên máy tính bảng")
        return view._replace(unit=None, part=None)
    return view._replace(part=None) if name in (Name.WALL, Name.TABLET) else view


class Selections:
    """Whether what is chosen is there. Without the database everything is: then the screens say that it is away."""

    def __init__(self, database: AskedDatabase, hub: Hub) -> None:
        self._database, self._hub = database, hub
        self._there: dict[tuple[str | None, str | None], float] = {}

    async def check(self, view: Selection) -> None:
        """Raises :class:`NotThere`."""
        unit = None if unit_names.knows(view.unit or "") else view.unit or None
        key, now = (unit, None if view.part in CONTRACTS else view.part or None), monotonic()
        if key == (None, None) or self._there.get(key, 0.0) > now or self._hub.hangs_since is not None:
            return
        try:
            async with self._database.snapshot() as (conn, _):
                row = await (await conn.execute(sql("selection_exists"), {"unit": key[0], "part": key[1]})).fetchone()
        except NotRead:  # the screen itself says so
            return
        if not (row and row[0]):
            raise NotThere("không có đơn vị hoặc phần này")
        self._there = {known: until for known, until in self._there.items() if until > now}
        self._there[key] = now + TRUSTED_FOR
