"""What each address shows: a live screen's skeleton with its last snapshot, or a list, a case, the units, read now."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from dash import html
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers

from dashboards import address, error_page
from dashboards.access.access import Access
from dashboards.access.asker import asking
from dashboards.access.pages_seen import NotAllowed, check_page, check_unit, seen_by
from dashboards.access.reading import NotOnRecord, PagesOnRecord
from dashboards.deadline import Overdue, within
from dashboards.fair_turns import CLIENT, NoTurn, Turns
from dashboards.hub import Hub
from dashboards.periods import PeriodName
from dashboards.readers import cases, figures, openings, sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Database, Unanswerable
from dashboards.readers.figures import By, Filters
from dashboards.readers.openings import Opening
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens import links, listing, reading, standing, terms
from dashboards.screens.parts import Component, icon
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Name
from dashboards.screens.standing import Gone, stand
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, page_of
from dashboards.screens.view_pages import ViewPages
from dashboards.selections import PROVINCE_WALLS, NotThere, Selections, chosen
from dashboards.settings import ScreensSettings
from dashboards.shared_answers import Shared
from dashboards.views import VIEWS
from dashboards.views.cases import case_page as case_screen
from dashboards.views.cases import units
from dashboards.views.topics import pages as topics
from dashboards.views.topics.declared import OF_DOMAIN
from dashboards.words import clock
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)
T = TypeVar("T")
READ_WITHIN = 12.0  # seconds for a page, by our own clock: longer than the database itself allows a question
PLACES, PLACES_OF_ONE = 6, 3  # questions to the database at once, in all and of one client
SAME_MOMENT = 1.0  # seconds
FORGET_EVERY = 600.0
NOT_ON_RECORD = "Việc xem hồ sơ phải được ghi vào nhật ký trước, mà nhật ký chưa ghi được; thử lại sau ít giây."


class AllPages:
    def __init__(
        self, database: AskedDatabase, hub: Hub, settings: ScreensSettings, access: Access | None = None
    ) -> None:
        """``access``: on whose record readings are put."""
        self._database, self._hub, self._settings = database, hub, settings
        self._record = PagesOnRecord(access, database)
        self.there = Selections(database, hub)
        self._turns = Turns(PLACES, PLACES_OF_ONE)
        self._opened: Shared[Opening] = Shared(SAME_MOMENT)
        self._position: Shared[sources.KnownPosition] = Shared(0)
        self._topics = topics.TopicPages(database, hub, settings)
        self._views: dict[str, ViewPages] = {}  # by their addresses
        self._counting: dict[str, ViewPages] = {}  # by what they count
        for view in VIEWS:
            pages = view.part("pages").Pages(database, hub, settings)
            self._views |= dict.fromkeys(view.addresses, pages)
            if view.counted is not None:
                self._counting[view.counted.name] = pages

    async def show(self, path: str, search: str) -> Component:
        """The page at an address; what is not there, or cannot be read just now, is said on a page."""
        try:
            query = address.values(search or "")
            check_page(asking(), address.text(path))
            live = self._live_view(address.text(path), query)
            if live is not None:
                live = seen_by(asking(), await within(READ_WITHIN, self.there.check(live)))
                return SCREENS[live.screen].layout(live, self._hub.parts(live))
            if self._hub.hangs_since is not None:
                return self._hangs()
            query = dict(await within(READ_WITHIN, self._in_turn(self.there.named, query)))
            check_unit(asking(), query)
            return await within(READ_WITHIN, self._in_turn(self._recorded, address.text(path), query))
        except NotAllowed as exc:
            self._record.refused("page")
            return self._said("Không được phép", f"Trang không mở được: {exc}.")
        except links.BadAddress as exc:
            return self._said("Không có trang này", f"Trang không mở được: {exc}.")
        except Gone as gone:
            return self._gone(gone.ground, path, query)
        except Overdue:
            return self._hangs()
        except NoTurn:
            return self._said("Đang bận", "Nhiều người cùng hỏi một lúc. Tải lại trang sau ít giây.", shape="silent")
        except Unanswerable:
            log.exception("page not read")
            return self._said("Không có trang này", "Kho số liệu không trả lời được câu hỏi trong địa chỉ này.")
        except NotOnRecord:
            return self._said("Chưa ghi được nhật ký", NOT_ON_RECORD, shape="error")
        except NotRead:
            return self._said("Lỗi đọc", "Kho số liệu không trả lời. Tải lại trang sau ít giây.", shape="error")
        except Exception:
            log.exception("page failed")
            return self._said("Lỗi", "Trang này hỏng ở phía trung tâm; lỗi đã được ghi lại.", shape="error")

    def _live_view(self, path: str, query: Mapping[str, str]) -> Selection | None:
        """The selection of a live screen; ``None`` of other pages. Raises :class:`links.BadAddress`."""
        plain = path.rstrip("/")
        name = plain.removeprefix(links.PREFIX)
        if plain in (links.WALL, links.TABLET):
            return chosen(Name.WALL if plain == links.WALL else Name.TABLET, query)
        if name in PROVINCE_WALLS:
            return chosen(name, query, PROVINCE_WALLS[name][0])
        return self._topics.live_view(plain, query)

    async def _in_turn(self, ask: Callable[..., Coroutine[Any, Any, T]], *what: Any) -> T:
        async with self._turns.one(CLIENT.get()):
            return await ask(*what)

    def _hangs(self) -> Component:
        since = self._hub.hangs_since
        words = f"Đọc số treo từ {clock(since)}." if since is not None else "Đọc số treo."
        return self._said(
            "Đọc số treo", f"{words} Kho số liệu chưa trả lời; tải lại trang sau ít giây.", shape="silent"
        )

    async def _recorded(self, path: str, query: Mapping[str, str]) -> Component:
        """The page, once it is on record who sees it."""
        try:
            page = await self._page(path, query)
        except links.BadAddress:
            if path.startswith((links.CASE, links.SUBJECT)):
                await self._record.shown(path, None)
            raise
        await self._record.shown(path, page)
        return page

    async def _page(self, path: str, query: Mapping[str, str]) -> Component:
        dark = query.get("nen") == "toi"
        if (place := topics.place_of(path)) is not None:
            return await self._topics.page(place, query)
        if path.startswith(links.SUBJECT):
            return await self._topics.subject(path.removeprefix(links.SUBJECT), query, dark=dark)
        if path == links.UNITS:
            return await self._units(query)
        if path in self._views:
            return await self._views[path].page(path, query)
        if path == links.TERMS:
            return terms.page(query.get("nhom", ""), page_of(query.get("trang")), self._frame())
        if path == links.CATALOGUE:
            return await reading.show(self._database, self._settings, query, self._frame())
        if path.startswith(links.LIST):
            return await self._list(path.removeprefix(links.LIST), page_of(query.get("trang")), dark=dark)
        if path.startswith(links.CASE):
            return await self._case(path.removeprefix(links.CASE), query, dark=dark)
        raise links.BadAddress("địa chỉ không đúng")

    def _frame(self) -> dict[str, dict[str, Any]]:
        return self._hub.parts(Selection(Name.FRAME))

    async def _units(self, query: Mapping[str, str]) -> Component:
        view = Selection(Name.TABLET, links.period_of(query.get("ky")))
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, view, self._settings)
            rows = await figures.read(snapshot.conn, ground.at, ground.period, By.UNIT)
        return units.page(rows, page_of(query.get("trang")), view, ground, self._frame())

    async def _list(self, opening_id: str, page: int, *, dark: bool) -> Component:
        async with self._database.snapshot() as snapshot:
            opening = await openings.get(snapshot.conn, opening_id)
            if opening is None:
                days = self._settings.openings_kept.days
                raise links.BadAddress(f"danh sách không có, hoặc đã quá {days} ngày; mở lại từ con số")
            if opening.domain != openings.CASE and opening.domain not in self._counting:
                return await self._topics.list(snapshot, opening, page, dark=dark)
            shown = Paging(opening.listed, listing.PAGE, page)
            rows = await openings.page(snapshot.conn, opening_id, after=shown.first - 1, limit=listing.PAGE)
        return listing.page(opening, rows.items, page, snapshot.as_of, self._frame(), dark=dark)

    async def _case(self, code: str, query: Mapping[str, str], *, dark: bool) -> Component:
        async with self._database.snapshot() as snapshot:
            told = await cases.get(snapshot.conn, code)
        if told is None:
            raise links.BadAddress("không có hồ sơ mã này")
        back = query.get("tu")
        return case_screen.page(told, page_of(query.get("trang")), snapshot.as_of, self._frame(), back=back, dark=dark)

    def _said(self, title: str, words: str, shape: str = "none") -> Component:
        main = [
            html.Div(
                [html.Span([icon(shape), title.upper()], className="tag"), html.Span(words, className="was")],
                className="off dead",
            )
        ]
        return shell.page(title, main, view=Selection(Name.FRAME), parts=self._frame(), back=("Hồ sơ", links.TABLET))

    def _gone(self, ground: Ground, path: str, query: Mapping[str, str]) -> Component:
        """Instead of figures that are not known now, with the way to the same of periods that are."""
        of_period = {name: links.again(path, query, name) for name in links.PERIODS.values()}
        main = standing.said(ground, of_period)
        back = ("Hồ sơ", links.TABLET)
        return shell.page(
            "Không biết", main, view=Selection(Name.FRAME), parts=self._frame(), back=back, kind="listing"
        )

    async def open_number(self, query: Mapping[str, str], asked: Headers) -> Response:
        """Counts a number anew with its list, and leads to it."""
        try:
            check_page(asking(), links.OPEN)
            opening = await within(READ_WITHIN, self._open(query))
            await self._record.opened(opening)
        except NotAllowed as exc:
            self._record.refused("page")
            return error_page.answer(HTTPStatus.FORBIDDEN, f"Con số không mở được: {exc}.", asked)
        except NotThere as exc:
            return error_page.answer(HTTPStatus.NOT_FOUND, f"Con số không mở được: {exc}.", asked)
        except links.BadAddress as exc:
            return error_page.answer(HTTPStatus.BAD_REQUEST, f"Con số không mở được: {exc}.", asked)
        except Unanswerable:
            log.exception("number not opened")
            return error_page.answer(HTTPStatus.BAD_REQUEST, "Kho số liệu không trả lời được câu hỏi này.", asked)
        except NotOnRecord:
            retry = {"Retry-After": "2"}
            return error_page.answer(HTTPStatus.SERVICE_UNAVAILABLE, NOT_ON_RECORD, asked, retry)
        except (NotRead, Overdue, NoTurn):
            words = "Kho số liệu không trả lời, thử lại sau ít giây."
            return error_page.answer(HTTPStatus.SERVICE_UNAVAILABLE, words, asked, {"Retry-After": "2"})
        address_ = links.listing(opening.id, dark=query.get("nen") == "toi")
        return RedirectResponse(address_, status_code=303, headers={"Cache-Control": "no-store"})

    async def _open(self, query: Mapping[str, str]) -> Opening:
        """The same opening for all who open the same number at the same moment; of them one waits in turn."""
        links.opened(query)  # what is wrong in itself needs no database
        named = await self._in_turn(self.there.named, query)
        check_unit(asking(), named)
        asked = links.opened(named)
        position = await self._position.answer(None, partial(self._in_turn, self._positioned))
        write = partial(self._in_turn, self._written, *asked)
        return await self._opened.answer((asked, position.epoch, position.next, asking().units), write)

    async def _positioned(self) -> sources.KnownPosition:
        async with self._database.snapshot() as (conn, _):
            return await sources.position(conn)

    async def _written(self, domain: str, counter: str, name: PeriodName, filters: Filters) -> Opening:
        async with self._database.writing() as snapshot:
            view, contracts = Selection("", name), self._contracts(domain)
            ground = await standing.ground_at(snapshot, view, self._settings, contracts)
            period, snapshot = ground.period, snapshot._replace(as_of=ground.at)  # what came later nobody knows
            if domain == openings.CASE:
                return await openings.open_number(snapshot.conn, snapshot.as_of, counter, period, filters)
            if domain in self._counting:
                return await self._counting[domain].open_number(snapshot, counter, period, filters)
            return await self._topics.open_number(snapshot, domain, counter, period, filters)

    async def forget_openings(self, database: Database) -> None:
        """Lists are kept a while and then forgotten; until cancelled."""
        while True:
            await asyncio.sleep(FORGET_EVERY)
            try:
                gone = openings.A_SLICE
                while gone == openings.A_SLICE:
                    async with database.writing() as snapshot:
                        gone = await openings.expire(snapshot.conn, snapshot.as_of - self._settings.openings_kept)
            except NotRead:
                log.warning("openings were not forgotten: the database is away")

    def _contracts(self, domain: str) -> tuple[str, ...] | None:
        """Whose sources count for a domain's figures; ``None`` is all."""
        if domain == openings.CASE or domain in self._counting:
            return standing.CASES
        contract = OF_DOMAIN[domain].contract
        return (contract,) if contract else None
