"""What the topics' addresses show: a live page, a table of all units or parts, a list, a subject."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from dashboards import periods
from dashboards.access.asker import Right, asking
from dashboards.counted_domains import OF_OWN_PAGES, SOURCES
from dashboards.holding import reader as holding
from dashboards.hub import Hub
from dashboards.periods import Period
from dashboards.readers import domains, openings, reference, sending, subjects
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Connection, Snapshot
from dashboards.readers.figures import Filters
from dashboards.readers.openings import Opening
from dashboards.readers.snapshot import Selection, feeding
from dashboards.readers.worktime import worktime
from dashboards.screens import links
from dashboards.screens.listing import PAGE
from dashboards.screens.parts import Component
from dashboards.screens.standing import ground_at
from dashboards.screens.tablet.paging import Paging, page_of
from dashboards.settings import ScreensSettings
from dashboards.views.topics import (
    frame,
    guard_reader,
    guard_tablet,
    listing,
    source_listing,
    table,
    tablet,
    wall,
)
from dashboards.views.topics import subject as subject_screen
from dashboards.views.topics.declared import OF_DOMAIN, TOPICS, ShownBy
from schemas.contracts import DOMAINS

WALL, TABLET, TABLE, FINDINGS = "wall", "tablet", "table", "findings"


def place_of(path: str) -> tuple[str, str] | None:
    """The topic and which of its pages an address means; ``None`` for what is no topic's."""
    plain = path.rstrip("/")
    for name, topic in TOPICS.items():
        on_tablet = f"{links.TABLET}/{name}"
        for address, kind in (
            (links.PREFIX + name, WALL),
            (on_tablet, TABLET),
            (f"{on_tablet}/{links.TABLE}", TABLE),
            (f"{on_tablet}/{links.FINDINGS}", FINDINGS),
        ):
            if plain == address and (kind != FINDINGS or topic.guarded):
                return name, kind
    return None


class TopicPages:
    def __init__(self, database: AskedDatabase, hub: Hub, settings: ScreensSettings) -> None:
        self._database, self._hub, self._settings = database, hub, settings

    async def page(self, place: tuple[str, str], query: Mapping[str, str]) -> Component:
        """A topic's table, or what its guard has found."""
        name, kind = place
        return await (self._findings(name, query) if kind == FINDINGS else self._table(name, query))

    async def _findings(self, name: str, query: Mapping[str, str]) -> Component:
        topic, id = TOPICS[name], query.get("ma")
        async with self._database.snapshot() as (conn, as_of):
            if id is not None:
                found, _ = await guard_reader.findings(conn, as_of, limit=1, id=id)
                if not found:
                    raise links.BadAddress("không có phát hiện này")
                by_case = asking().may(Right.CASES)
                examples = await guard_reader.examples(conn, found[0]) if by_case else ()
                named = asking().may(Right.ACCOUNTS)
                holds = await holding.listed(conn, finding=id) if named else []
                coming = await holding.pending(conn, finding=id) if named else []
                given: dict[str, Any] = {"holds": holds, "coming": coming, "orders": asking().may(Right.HOLD)}
                return guard_tablet.one(topic, found[0], examples, as_of, self._frame(name), **given)
            page = page_of(query.get("trang"))
            size = guard_tablet.PAGE
            found, whole = await guard_reader.findings(conn, as_of, limit=size, offset=size * (page - 1))
        sees = asking().may(Right.ACCOUNTS)
        return guard_tablet.listing(topic, found, whole, page, as_of, self._frame(name), sees_holds=sees)

    def live_view(self, path: str, query: Mapping[str, str]) -> Selection | None:
        """The selection of a topic's live page; ``None`` where the path is none's. Raises
        :class:`links.BadAddress`."""
        place = place_of(path)
        if place is None or place[1] in (TABLE, FINDINGS):
            return None
        name, kind = place
        screen = wall.name_of(name) if kind == WALL else tablet.name_of(name)
        return links.view_of(screen, query, TOPICS[name].period)

    def _parts(self, view: Selection) -> dict[str, dict[str, Any]]:
        return self._hub.parts(view)

    def _frame(self, name: str) -> dict[str, dict[str, Any]]:
        return self._parts(Selection(frame.name_of(name)))

    async def open_number(
        self, snapshot: Snapshot, domain: str, counter: str, period: Period, filters: Filters
    ) -> Opening:
        conn, as_of = snapshot
        if domain != SOURCES.name:
            return await openings.open_domain(conn, as_of, domain, counter, period, filters)
        known = replace(await feeding(conn), work=await worktime(conn))
        found = await sending.lines(conn, known, counter, period, filters, as_of, self._settings)
        return await openings.keep(conn, as_of, domain, counter, period, filters, *found)

    async def _table(self, name: str, query: Mapping[str, str]) -> Component:
        topic = TOPICS[name]
        view = links.view_of("", query, topic.period)
        domain = query.get("mien", topic.domains[0])
        by = links.BY_OF_WORD.get(query.get("theo", ""), ShownBy.UNIT.value)
        if domain not in DOMAINS or domain not in topic.domains or not table.columns(topic, domain):
            raise links.BadAddress("không có bảng này")
        async with self._database.snapshot() as snapshot:
            contracts = (topic.contract,) if topic.contract else None
            ground = await ground_at(snapshot, view, self._settings, contracts)
            conn, as_of, period, filters = (
                snapshot.conn,
                ground.at,
                ground.period,
                Filters(unit=view.unit, part=view.part),
            )
            rows = await domains.read(conn, as_of, DOMAINS[domain], period, domains.DomainBy(by), filters)
            keys = [row.key for row in rows]
            units, parts = (keys, []) if by == ShownBy.UNIT else ([], keys)
            names = await _names(conn, as_of, domain, units, parts)
        shown = page_of(query.get("trang"))
        return table.page(topic, domain, ShownBy(by), rows, shown, view, ground, names, self._frame(name))

    async def list(self, snapshot: Snapshot, opening: Opening, page: int, *, dark: bool) -> Component:
        conn, as_of = snapshot
        shown = Paging(opening.listed, PAGE, page)
        frame_ = self._frame(OF_DOMAIN[opening.domain].name)
        if opening.domain == SOURCES.name:
            kept = await openings.kept(conn, opening, after=shown.first - 1, limit=PAGE)
            return source_listing.page(opening, kept, page, as_of, frame_, dark=dark)
        items = await openings.subjects_page(conn, opening, after=shown.first - 1, limit=PAGE)
        found = [item.counted.subject for item in items]
        units = {*subjects.units_in(found), *filter(None, [opening.filters.unit])}
        parts = {*(subject.part for subject in found), *filter(None, [opening.filters.part])}
        names = await _names(conn, as_of, opening.domain, units, parts)
        return listing.page(opening, items, page, as_of, names, frame_, dark=dark)

    async def subject(self, path: str, query: Mapping[str, str], *, dark: bool) -> Component:
        domain, _, key = path.partition("/")
        if domain not in DOMAINS or domain in OF_OWN_PAGES:
            raise links.BadAddress("không có mục này")
        async with self._database.snapshot() as (conn, as_of):
            told = await subjects.get(conn, DOMAINS[domain], key)
            if told is None:
                raise links.BadAddress("không có mục mã này")
            said = {event.data.get(field) for event in told.events for field in ("unit", "by")}
            units = {key for key in (told.subject.unit, told.subject.detail.get("blocked_by"), *said) if key}
            names = await _names(conn, as_of, domain, units, {told.subject.part})
        parts = self._frame(OF_DOMAIN[domain].name)
        shown, back = page_of(query.get("trang")), query.get("tu")
        return subject_screen.page(DOMAINS[domain], told, shown, as_of, names, parts, back=back, dark=dark)


async def _names(
    conn: Connection, as_of: Any, domain: str, units: Collection[str], parts: Collection[str]
) -> dict[str, str]:
    """Of units and, where they are sectors, of parts, as they are called today."""
    found: dict[str, str] = {}
    sectors = parts if domain in ("dataset", "campaign") else ()
    for kind, keys in (("sector", sectors), ("unit", units)):
        wanted = sorted(key for key in keys if key)
        if wanted:
            named = await reference.names(conn, kind, wanted, periods.today(as_of))
            found |= {key: value.shown for key, value in named.items()}
    return found
