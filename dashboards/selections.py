"""What may be chosen on a live screen: one form for all who ask the same, of what there is."""

from collections.abc import Mapping
from time import monotonic

from dashboards import periods, unit_names
from dashboards.counted_domains import SOURCES
from dashboards.hub import Hub
from dashboards.periods import PeriodName
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.named_keys import AGENCY, PART, Asked, key_of, part_of
from dashboards.readers.queries import query as sql
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Name
from dashboards.views import VIEWS
from schemas.contracts import CONTRACTS
from schemas.reference.names import PROCEDURE, SECTOR, UNIT
from schemas.sqlstates import NotRead

PROVINCE_WALLS: Mapping[str, tuple[PeriodName, ...]] = {  # with their periods, the usual first; no wall reads for long
    Name.NEED: (PeriodName.TODAY,),
    **{view.slug: view.periods for view in VIEWS},
}
TRUSTED_FOR = 60.0  # seconds in which what was there is not asked for again

WORDS = {"don-vi": UNIT, "thu-tuc": PROCEDURE, "co-quan": AGENCY}
THINGS = {
    UNIT: "đơn vị",
    PROCEDURE: "thủ tục",
    AGENCY: "cơ quan",
    SECTOR: "lĩnh vực",
    PART: "phần",
}


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
    """Whether what is chosen is there, and under which key. Without the database everything is: then the screens say
    that it is away."""

    def __init__(self, database: AskedDatabase, hub: Hub) -> None:
        self._database, self._hub = database, hub
        self._there: dict[str, float] = {}  # parts

    async def check(self, view: Selection) -> Selection:
        """The same of the unit's key, by whichever of its names it was chosen. Raises :class:`NotThere`."""
        await self._check_part(view.part)
        if not view.unit:
            return view
        return view._replace(unit=await self._key(Asked(UNIT, view.unit)))

    async def named(self, query: Mapping[str, str]) -> Mapping[str, str]:
        """An address's words with keys in place of names. Raises :class:`NotThere`."""
        domain = query.get("mien", "")
        asked = {word: Asked(kind, query.get(word, "")) for word, kind in WORDS.items()}
        if domain == SOURCES.name:  # its units are sources, also such as sent only what was rejected
            del asked["don-vi"]
        if (of_domain := part_of(domain, query.get("phan", ""))) is not None:
            asked["phan"] = of_domain
        given = {word: one for word, one in asked.items() if links.unit_of(one.written)}
        return {**query, **{word: await self._key(one) for word, one in given.items()}}

    async def _key(self, asked: Asked) -> str:
        if self._hub.hangs_since is not None or (asked.kind == UNIT and unit_names.knows(asked.written)):
            return asked.written
        try:
            async with self._database.snapshot() as (conn, as_of):
                key = await key_of(conn, periods.today(as_of), asked)
        except NotRead:  # the screen itself says so
            return asked.written
        if key is None:
            raise NotThere(f"không có {THINGS[asked.kind]} này")
        return key

    async def _check_part(self, part: str | None) -> None:
        now = monotonic()
        if not part or part in CONTRACTS or self._there.get(part, 0.0) > now or self._hub.hangs_since is not None:
            return
        try:
            async with self._database.snapshot() as (conn, _):
                row = await (await conn.execute(sql("any_part_stands"), {"part": part})).fetchone()
        except NotRead:
            return
        if not (row and row[0]):
            raise NotThere("không có phần này")
        self._there = {known: until for known, until in self._there.items() if until > now}
        self._there[part] = now + TRUSTED_FOR
