"""Readings of the screens on record: a number that is opened, and every page for which one needs
:data:`dashboards.access.asker.Right.CASES`.

What a page hands out is told by its own ways: each case and subject that it shows leads to its page. So a new page is
on record by being one, and whose data it shows is asked of the same database as the page was.
"""

from collections.abc import Iterator, Mapping

from dash.development.base_component import Component

from dashboards import address
from dashboards.access.access import Access
from dashboards.access.asker import Right, asking
from dashboards.access.pages_seen import needed
from dashboards.access.record import Deed
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.openings import Opening
from dashboards.readers.queries import query
from dashboards.screens import links
from schemas.sqlstates import NotRead

CASE = "case"


class NotOnRecord(NotRead):
    """It could not be put on record, so it is not shown."""


class PagesOnRecord:
    def __init__(self, access: Access | None, database: AskedDatabase) -> None:
        self._access, self._database = access, database

    def refused(self, object_: str) -> None:
        if self._access is not None:
            self._access.denials.note(asking(), object_)

    async def opened(self, opening: Opening) -> None:
        """A number with its list. Raises :class:`NotOnRecord`."""
        if self._access is None or self._access.record is None:
            return
        unit = opening.filters.unit if opening.amount else None  # what counts something is a unit's key and no word
        object_ = f"{opening.domain}/{opening.counter} {opening.id}"
        units = () if unit is None else (unit,)
        try:
            await self._access.record.write(asking(), Deed.LIST_OPENED, object_, units=units, rows=opening.amount)
        except NotRead as exc:
            raise NotOnRecord from exc

    async def shown(self, path: str, page: Component | None) -> None:
        """``page``: ``None`` where there is no such case, or none that the asker may see. Raises :class:`NotRead`."""
        if self._access is None or self._access.record is None or needed(path) is not Right.CASES:
            return
        deed, object_ = _named(path)
        by_unit = await self._by_unit(set() if page is None else handed_out(path, page))
        try:
            await self._access.record.read(asking(), deed, "" if page is None else object_, by_unit)
        except NotRead as exc:
            raise NotOnRecord from exc

    async def _by_unit(self, handed: set[tuple[str, str]]) -> Mapping[str, int]:
        if not handed:
            return {}
        asked = {
            "cases": [key for domain, key in handed if domain == CASE],
            "domains": [domain for domain, _ in handed if domain != CASE],
            "subjects": [key for domain, key in handed if domain != CASE],
        }
        async with self._database.snapshot() as (conn, _):
            rows = await (await conn.execute(query("units_of"), asked)).fetchall()
        return dict(rows)


def _named(path: str) -> tuple[Deed, str]:
    """The deed, and of which page: by the word of its address. What stands behind is an id that was found."""
    for prefix in (links.CASE, links.SUBJECT):
        if path.startswith(prefix):
            return Deed.CASE_READ, path.removeprefix(prefix)
    return Deed.LIST_READ, path.removeprefix(links.LIST).removeprefix(f"{links.TABLET}/").rstrip("/")


def handed_out(path: str, page: Component) -> set[tuple[str, str]]:
    """Domain and key of what a page shows: of a case's or subject's own page itself, of others what they lead to.
    ``path``: as text, no longer percent-encoded."""
    own = _one(path)
    if own is not None:
        return {own}
    return {found for way in _ways(page) if (found := _one(address.text(way.partition("?")[0]))) is not None}


def _one(path: str) -> tuple[str, str] | None:
    if path.startswith(links.CASE):
        return CASE, path.removeprefix(links.CASE)
    if path.startswith(links.SUBJECT):
        domain, _, key = path.removeprefix(links.SUBJECT).partition("/")
        return domain, key
    return None


def _ways(page: Component) -> Iterator[str]:
    for part in (page, *page._traverse()):
        way = getattr(part, "href", None)
        if isinstance(way, str):
            yield way
