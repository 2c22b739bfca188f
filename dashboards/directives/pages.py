"""The pages of directives: reads what they show, takes what they send. Forms, as the administration's."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from html import escape
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import Asker, Right, asking
from dashboards.access.sign_in import filled_in
from dashboards.actions.action_pages import ActionPages, Handler, NotShown, shown
from dashboards.actions.command_outbox import Outcome
from dashboards.directives import frame, gathering, list_page, need_page, one_page, order_form, reader
from dashboards.directives.aims import AIMS, NOT_KNOWN
from dashboards.directives.around import Around
from dashboards.directives.directing import Directing, NotHis, NotNow, Order, code_of, open_to
from dashboards.directives.words import SAID, checked_by, first_was, refused, sentence
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Snapshot
from dashboards.readers.worktime import worktime
from dashboards.words import day_of
from schemas.domain import Breach
from schemas.province import ZONE
from schemas.sqlstates import NotRead

LONGEST = 16_000  # bytes of a form: Vietnamese letters take nine each
NOT_YOURS = "Vai của bạn không xem được chỉ đạo."
AWAY = "Chưa gửi được: kho số liệu không trả lời. Nội dung vẫn ở đây; bấm lại sau ít giây, sẽ không gửi hai lần."


class DirectivePages(ActionPages):
    word, not_yours, refusals = "directives", NOT_YOURS, (NotShown, NotHis)

    def __init__(self, access: Access, database: AskedDatabase, around: Around) -> None:
        super().__init__(access)
        self._database, self._around = database, around
        self._directing = Directing(database, access.outbox, access.clock)

    def sees(self, asker: Asker) -> bool:
        return asker.may(Right.DIRECTIVES)

    def routes(self) -> Iterable[tuple[str, str, Handler]]:
        return (
            (addresses.DIRECTIVES, "GET", self.all),
            (addresses.NEW_DIRECTIVE, "GET", self.new),
            (addresses.NEW_DIRECTIVE, "POST", self.order),
            (addresses.ONE_DIRECTIVE, "GET", self.one),
            (addresses.ONE_DIRECTIVE, "POST", self.answer),
            (addresses.DIRECTIVE_BEAT, "GET", self.beat),
        )

    @shown
    async def all(self, request: Request, asker: Asker) -> Response:
        query = request.query_params
        view, unit = query.get("xem", ""), query.get("don-vi") or None
        live = None if view else await self._around.needing(asker)
        async with self._database.snapshot() as (conn, as_of):
            known = await reader.beat(conn, None)
            found = await reader.listed(conn, unit=unit)
            pending = await reader.pending(conn)
            open_ = () if live is None else await gathering.open_directives(conn)
        main = [list_page.views(found, as_of, view)]
        if not view:
            chips = main.pop()  # below: first what needs him
            main += list_page.listed([], pending, as_of) if pending else []
            if asker.may(Right.ANSWER):  # what he has to answer goes first; what is late stands below, once
                below = {one.directive for one in gathering.waiting(list(open_), as_of)}
                own = [one for one in found if one.ended_at is None and one.subject not in below]
                main += list_page.listed(own, [], as_of) if own else []
            if live is None:
                main.append(frame.p(need_page.NOT_READ, "sub"))
            else:  # directives as they stand now: who has just ordered sees it
                main += need_page.body(replace(live, as_of=max(as_of, live.as_of), directives=tuple(open_)), asker)
            main.append(chips)
        elif view == list_page.BY_UNIT:
            main += list_page.by_unit(found, as_of)
        else:
            main += list_page.listed(list_page.of_view(view, found, as_of), pending, as_of)
        title = "Cần chỉ đạo" if not view else "Chỉ đạo"
        return self._page(title, main, asker, as_of, follows=(addresses.DIRECTIVE_BEAT, known))

    @shown
    async def beat(self, request: Request, _asker: Asker) -> Response:
        async with self._database.snapshot() as (conn, _):
            known = await reader.beat(conn, request.query_params.get("ma") or None)
        return PlainTextResponse(known, headers={"Cache-Control": "no-store"})

    @shown
    async def new(self, request: Request, asker: Asker) -> Response:
        return await self._form(asker, order_form.proposed(request.query_params))

    @shown
    async def order(self, request: Request, asker: Asker) -> Response:
        given = await filled_in(request, LONGEST)
        form = order_form.typed(given)
        if given.get("viec") == "sua":
            return await self._form(asker, form)
        try:
            id_ = UUID(form.id)
        except ValueError:
            return await self._form(asker, order_form.proposed(given))
        wrong = form.wrong(self.access.clock())
        due_at = form.due_at
        if wrong is not None or due_at is None:
            return await self._form(asker, form, wrong or "")
        if given.get("viec") != "gui":
            return await self._read_back(asker, form, due_at)
        origin, key = form.origin
        order = Order(form.whose, sentence(form.whose, form.work, due_at), due_at, form.aim or None, origin, key)
        try:
            subject, taken = await self._directing.order(asker, order, id_)
        except Breach as breach:
            return await self._form(asker, form, refused(breach.field, breach.rule))
        except NotRead:
            return await self._read_back(asker, form, due_at, AWAY)
        if not taken.stands:  # the form was sent before with other words
            return RedirectResponse(list_page.one_address(code_of(id_, form.whose)), HTTPStatus.SEE_OTHER)
        return RedirectResponse(list_page.one_address(subject), HTTPStatus.SEE_OTHER)

    async def _form(self, asker: Asker, form: order_form.OrderForm, wrong: str = "") -> HTMLResponse:
        if not asker.may(Right.DIRECT):
            raise NotShown
        now = self.access.clock()
        async with self._database.snapshot() as (conn, _):
            offered = order_form.days(now, await worktime(conn))
        about = order_form.about(form)
        main = [
            frame.wrong(wrong),
            *([f'<p><span class="lab">Về</span><br><b>{escape(about)}</b></p>'] if about else []),
            frame.form(addresses.NEW_DIRECTIVE, order_form.body(form, offered), "Đọc lại", big=True),
        ]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        return self._page("Giao chỉ đạo", main, asker, now, status=status, back=_BACK, kind="sheet")

    async def _read_back(
        self, asker: Asker, form: order_form.OrderForm, due_at: datetime, wrong: str = ""
    ) -> HTMLResponse:
        """The order as one sentence, before it is sent."""
        if not asker.may(Right.DIRECT):
            raise NotShown
        aim, now = AIMS.get(form.aim), self.access.clock()
        said = sentence(form.whose, form.work, due_at)
        if aim is not None:
            with suppress(NotRead):
                async with self._database.snapshot() as (conn, as_of):
                    said += " " + checked_by(aim, await reader.value(conn, aim, form.whose, as_of))
        kept = "".join(frame.hidden(**{name: value}) for name, value in form.fields().items())
        main = [
            frame.wrong(wrong),
            '<p class="lab">Đọc lại trước khi gửi</p>',
            f'<p class="read" id="read">{escape(said)}</p>',
            '<div class="fl">',
            frame.form(addresses.NEW_DIRECTIVE, kept + frame.hidden(viec="gui"), "Gửi chỉ đạo", kind="one", big=True),
            frame.form(addresses.NEW_DIRECTIVE, kept + frame.hidden(viec="sua"), "Sửa", first=False, kind="one"),
            "</div>",
        ]
        status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
        return self._page("Gửi chỉ đạo", main, asker, now, status=status, back=_BACK, kind="sheet")

    @shown
    async def one(self, request: Request, asker: Asker) -> Response:
        return await self._one(asker, request.query_params.get("ma", ""))

    @shown
    async def answer(self, request: Request, asker: Asker) -> Response:
        given = await filled_in(request, LONGEST)
        subject, kind = given.get("ma", ""), given.get("viec", "")
        if kind not in SAID or kind == "issued":
            raise NotHis
        try:
            said, id_ = _said(given), UUID(given.get("lenh", ""))
            after = int(given["sau"]) if given.get("sau") else None
        except ValueError:
            return await self._one(
                asker, subject, "Chưa được: ngày hoặc số chưa đúng.", HTTPStatus.UNPROCESSABLE_ENTITY
            )
        try:
            taken = await self._directing.answer(asker, subject, kind, after, said, id_)
        except Breach as breach:
            words = refused(breach.field, breach.rule)
            return await self._one(asker, subject, words, HTTPStatus.UNPROCESSABLE_ENTITY)
        except NotNow:
            words = "Không làm được việc này nữa: chỉ đạo đã đổi tình trạng."
            return await self._one(asker, subject, words, HTTPStatus.CONFLICT)
        if taken.outcome is Outcome.OVERTAKEN:
            words = first_was(taken.by_name, taken.kind, taken.at, day_of(self.access.clock()))
            return await self._one(asker, subject, words, HTTPStatus.CONFLICT)
        return RedirectResponse(list_page.one_address(subject), HTTPStatus.SEE_OTHER)

    async def _one(
        self, asker: Asker, subject: str, wrong: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> HTMLResponse:
        async with self._database.snapshot() as (conn, as_of):
            known = await reader.beat(conn, subject)
            directive = await reader.one(conn, subject)
            pending = await reader.pending(conn, subject)
            aim = None if directive is None else reader.aim_of(directive)
            facts = await reader.history(conn, subject) if directive is not None else ()
            value, points = None, []
            if directive is not None and aim is not None:
                known_now = await self._around.known(Snapshot(conn, as_of))
                value = await reader.value(conn, aim, directive.unit, as_of) if known_now else NOT_KNOWN
                points = await reader.curve(conn, aim, directive.unit, directive.issued_at, as_of)
        follows = (f"{addresses.DIRECTIVE_BEAT}?ma={quote(subject, safe='')}", known)
        if directive is None and not pending:
            return self.said(
                "Không có chỉ đạo này", "Không có chỉ đạo này, hoặc không phải của bạn.", HTTPStatus.NOT_FOUND
            )
        if directive is None:
            words = f'<p class="lead">{escape(str(pending[0].data.get("sentence", "")))}</p>'
            main = [words, *one_page.sending(pending)]
        else:
            main = one_page.body(directive, facts, pending, value, points, as_of, open_to(asker, directive))
        back = ("Chỉ đạo", addresses.DIRECTIVES)
        return self._page(
            "Một chỉ đạo", [frame.wrong(wrong), *main], asker, as_of, status=status, back=back, follows=follows
        )

    def _page(self, title: str, main: list[str], asker: Asker, as_of: datetime, **more: Any) -> HTMLResponse:
        return frame.page(title, main, asker, as_of, around=self._around.header(), **more)

    def said(self, title: str, words: str, status: HTTPStatus) -> HTMLResponse:
        return self._page(title, [frame.wrong(words)], asking(), self.access.clock(), status=status, back=_BACK)


_BACK = ("Chỉ đạo", addresses.DIRECTIVES)


def _said(given: dict[str, str]) -> dict[str, Any]:
    """What an answer says besides its kind. Raises :class:`ValueError`."""
    said: dict[str, Any] = {"sentence": given.get("cau", "").strip(), "evidence": given.get("bang-chung", "").strip()}
    if given.get("phan-tram"):
        said["percent"] = int(given["phan-tram"])
    if given.get("ngay"):
        at = time.fromisoformat(given.get("gio") or "17:00")
        said["due_at"] = datetime.combine(date.fromisoformat(given["ngay"]), at, ZONE)
    return {name: value for name, value in said.items() if value not in ("", None)}
