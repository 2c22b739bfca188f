"""The pages of holding orders: reads what they show, takes what they send. Forms, in the frame of directives."""

from collections.abc import Iterable
from datetime import datetime
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
from dashboards.directives import frame
from dashboards.directives.around import Around
from dashboards.directives.pages import AWAY
from dashboards.directives.words import refused
from dashboards.holding import hold_body, hold_form, reader
from dashboards.holding.hold_form import HoldForm
from dashboards.holding.ordering import HoldAsked, Holding, NotHeld, NotHolding, holdable_target, known, target_of
from dashboards.holding.reader import FoundTarget, NotEntitled
from dashboards.holding.words import NO_RECEIVER, SILENT, first_was, sentence
from dashboards.readers.asked_database import AskedDatabase
from dashboards.screens import nav
from dashboards.words import day_of
from schemas.domain import Breach
from schemas.sqlstates import NotRead

LONGEST = 8_000  # bytes of a form
ENDS_BY_ITSELF = "Tự kết thúc lúc đó, kể cả khi mất liên lạc với máy nhận; kết thúc sớm được bất cứ lúc nào."
NOT_YOURS = "Vai của bạn không xem hoặc không ra được lệnh này."


class HoldPages(ActionPages):
    word, not_yours, refusals = "holds", NOT_YOURS, (NotShown, NotEntitled, NotHolding)

    def __init__(self, access: Access, database: AskedDatabase, around: Around) -> None:
        super().__init__(access)
        self._database, self._around = database, around
        self._holding = Holding(database, access.outbox, access.clock)

    def sees(self, asker: Asker) -> bool:
        return asker.may(Right.ACCOUNTS) and not asker.units

    def routes(self) -> Iterable[tuple[str, str, Handler]]:
        return (
            (addresses.HOLDS, "GET", self.all),
            (addresses.NEW_HOLD, "GET", self.new),
            (addresses.NEW_HOLD, "POST", self.order),
            (addresses.ONE_HOLD, "GET", self.one),
            (addresses.ONE_HOLD, "POST", self.lift),
            (addresses.HOLD_BEAT, "GET", self.beat),
        )

    @shown
    async def all(self, _request: Request, asker: Asker) -> Response:
        async with self._database.snapshot() as (conn, as_of):
            word = await reader.beat(conn, None, as_of)
            found, coming = await reader.listed(conn), await reader.pending(conn)
            seen = await reader.receiver(conn, as_of)
        main = hold_body.listed(found, coming, seen, as_of)
        return self._page("Lệnh giữ", main, asker, as_of, follows=(addresses.HOLD_BEAT, word), back=_findings())

    @shown
    async def beat(self, request: Request, _asker: Asker) -> Response:
        async with self._database.snapshot() as (conn, as_of):
            word = await reader.beat(conn, request.query_params.get("ma") or None, as_of)
        return PlainTextResponse(word, headers={"Cache-Control": "no-store"})

    @shown
    async def new(self, request: Request, asker: Asker) -> Response:
        finding = request.query_params.get("phat-hien", "")
        async with self._database.snapshot() as (conn, _):
            found = await holdable_target(conn, asker, finding)
            standing = [one for one in await reader.listed(conn, finding=finding) if one.may_be_lifted]
            after = await known(conn, found)
        if standing:
            return RedirectResponse(hold_body.one_address(standing[0].subject), HTTPStatus.SEE_OTHER)
        return await self._form(asker, found, hold_form.proposed_form(found, after))

    @shown
    async def order(self, request: Request, asker: Asker) -> Response:
        given = await filled_in(request, LONGEST)
        form, now = hold_form.typed_form(given), self.access.clock()
        async with self._database.snapshot() as (conn, _):
            found = await holdable_target(conn, asker, form.finding)
        if given.get("viec") == "sua":
            return await self._form(asker, found, form)
        try:
            id_, after = UUID(form.id), int(form.after)
        except ValueError:
            raise NotHolding from None
        measure, ends_at = form.said, form.ends_at(now)
        if measure is None or ends_at is None or after < 0:
            words = "Chưa được: chọn cách giữ." if measure is None else "Chưa được: chọn trong bao lâu."
            return await self._form(asker, found, form, words)
        if given.get("viec") != "gui":
            return await self._read_back(asker, found, form, ends_at)
        try:
            subject, taken = await self._holding.order(asker, HoldAsked(found, measure, ends_at, after), id_)
        except Breach as breach:
            return await self._form(asker, found, form, _wrong(breach))
        except NotRead:
            return await self._read_back(asker, found, form, ends_at, AWAY)
        if taken.outcome is Outcome.OVERTAKEN:
            words = first_was(taken.by_name, taken.at, day_of(now), lifted=False)
            return await self._one(asker, subject, words, HTTPStatus.CONFLICT)
        return RedirectResponse(hold_body.one_address(subject), HTTPStatus.SEE_OTHER)

    async def _form(self, asker: Asker, found: FoundTarget, form: HoldForm, wrong: str = "") -> HTMLResponse:
        main = [
            frame.wrong(wrong),
            *await self._receiver(),
            frame.form(addresses.NEW_HOLD, hold_form.body(form, target_of(found)), "Đọc lại", big=True),
        ]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        now, back = self.access.clock(), _findings(found.finding)
        return self._page("Ra lệnh giữ", main, asker, now, status=status, back=back, kind="sheet")

    async def _read_back(
        self, asker: Asker, found: FoundTarget, form: HoldForm, ends_at: datetime, wrong: str = ""
    ) -> HTMLResponse:
        """The order as one sentence, before it is sent."""
        assert form.said is not None  # noqa: S101  asked before
        said = sentence(form.said, target_of(found), ends_at)
        fields = form.fields()
        kept = "".join(frame.hidden(**{name: value}) for name, value in fields.items() if name != "den")
        sent = kept + frame.hidden(den=ends_at.isoformat(), viec="gui")
        main = [
            frame.wrong(wrong),
            *await self._receiver(),
            '<p class="lab">Đọc lại trước khi gửi</p>',
            f'<p class="read" id="read">{escape(said)}</p>',
            frame.p(
                "Tự kết thúc lúc đó, kể cả khi mất liên lạc với máy nhận; kết thúc sớm được bất cứ lúc nào.", "sub"
            ),
            '<div class="fl">',
            frame.form(addresses.NEW_HOLD, sent, "Gửi lệnh", kind="one", big=True),
            frame.form(addresses.NEW_HOLD, kept + frame.hidden(viec="sua"), "Sửa", first=False, kind="one"),
            "</div>",
        ]
        status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
        now, back = self.access.clock(), _findings(found.finding)
        return self._page("Gửi lệnh giữ", main, asker, now, status=status, back=back, kind="sheet")

    async def _receiver(self) -> list[str]:
        async with self._database.snapshot() as (conn, as_of):
            seen = await reader.receiver(conn, as_of)
        return [] if seen.known and not seen.silent else [frame.p(SILENT if seen.silent else NO_RECEIVER, "wrong")]

    @shown
    async def one(self, request: Request, asker: Asker) -> Response:
        return await self._one(asker, request.query_params.get("ma", ""))

    @shown
    async def lift(self, request: Request, asker: Asker) -> Response:
        given = await filled_in(request, LONGEST)
        subject = given.get("ma", "")
        try:
            id_ = UUID(given.get("lenh", ""))
        except ValueError:
            raise NotHolding from None
        try:
            taken = await self._holding.lift(asker, subject, given.get("cau", "").strip(), id_)
        except Breach as breach:
            return await self._one(asker, subject, _wrong(breach), HTTPStatus.UNPROCESSABLE_ENTITY)
        except NotHeld:
            words = "Không kết thúc sớm được nữa: lệnh đã hết."
            return await self._one(asker, subject, words, HTTPStatus.CONFLICT)
        if taken.outcome is Outcome.OVERTAKEN:
            words = first_was(taken.by_name, taken.at, day_of(self.access.clock()), lifted=True)
            return await self._one(asker, subject, words, HTTPStatus.CONFLICT)
        return RedirectResponse(hold_body.one_address(subject), HTTPStatus.SEE_OTHER)

    async def _one(
        self, asker: Asker, subject: str, wrong: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> HTMLResponse:
        async with self._database.snapshot() as (conn, as_of):
            word = await reader.beat(conn, subject, as_of)
            found, coming = await reader.listed(conn, subject=subject), await reader.pending(conn, subject=subject)
            facts = await reader.history(conn, subject) if found else ()
            seen = await reader.receiver(conn, as_of)
        if not found and not coming:
            return self.said("Không có lệnh này", "Không có lệnh này.", HTTPStatus.NOT_FOUND)
        main = hold_body.one(found, coming, facts, seen, as_of, lifts=asker.may(Right.HOLD))
        follows, back = (f"{addresses.HOLD_BEAT}?ma={quote(subject, safe='')}", word), ("Lệnh giữ", addresses.HOLDS)
        main = [frame.wrong(wrong), *main]
        return self._page("Một lệnh giữ", main, asker, as_of, status=status, back=back, follows=follows)

    def _page(self, title: str, main: list[str], asker: Asker, as_of: datetime, **more: Any) -> HTMLResponse:
        tab = nav.findings_place()[0]
        return frame.page(title, main, asker, as_of, around=self._around.header(), tab=tab, **more)

    def said(self, title: str, words: str, status: HTTPStatus) -> HTMLResponse:
        back = ("Lệnh giữ", addresses.HOLDS)
        return self._page(title, [frame.wrong(words)], asking(), self.access.clock(), status=status, back=back)


def _findings(finding: str = "") -> tuple[str, str]:
    address = nav.findings_place()[1]
    return "Phát hiện", f"{address}?ma={quote(finding, safe='')}" if finding else address


def _wrong(breach: Breach) -> str:
    if breach.field.endswith("ends_at"):
        return "Chưa được: lúc kết thúc phải ở sau lúc này, trong vòng 24 giờ; chọn lại trong bao lâu."
    return refused(breach.field, breach.rule)
