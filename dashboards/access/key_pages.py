"""``/quan-tri/khoa``: programs that may ask the data API, a key each, and the tokens of the gateway's sources."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import Asker, Right, Role
from dashboards.access.fit_access import KEY_LIVES, KEY_USUAL, OVERLAP, UnfitAccess
from dashboards.access.frame import cell, field, form, heading, hidden, line, link, secret, table, ticks
from dashboards.access.manager import NOT_THERE, listed, managed, manager, unfit
from dashboards.access.registrar import Registrar
from dashboards.access.registry import ListedKey
from dashboards.access.sign_in import short_form
from dashboards.words import day, day_of, when

SCOPE = "quyen-"  # before a right, of the box that gives it
SCOPE_WORDS = {
    Right.FIGURES: "Số liệu",
    Right.CASES: "Danh sách và hồ sơ",
    Right.OPERATIONS: "Vận hành (nguồn, bản ghi bị loại)",
    Right.ACCOUNTS: "Tên tài khoản tra cứu",
    Right.DIRECTIVES: "Xem chỉ đạo",
    Right.ANSWER: "Trả lời chỉ đạo",
}
NO_SCOPES = "tất cả, trừ tên tài khoản tra cứu và trả lời chỉ đạo"
OVERLAPS = f"Đổi khóa: khóa mới dùng được ngay, khóa cũ còn {OVERLAP.days} ngày."
USUAL_DAYS = str(KEY_USUAL.days)


class KeyPages:
    def __init__(self, access: Access, registrar: Registrar) -> None:
        self._access, self._registrar = access, registrar

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.KEYS, self.show, methods=["GET"])
        routes.add_api_route(addresses.KEYS, self.do, methods=["POST"])
        return routes

    async def show(self, _request: Request) -> Response:
        return await self._page(await manager(self._access, addresses.KEYS))

    async def do(self, request: Request) -> Response:
        asker = await manager(self._access, addresses.KEYS, writes=True)
        given = await short_form(request)
        if given.get("viec") == "cap":
            return await self._make(asker, given)
        now = self._access.clock()
        there = [*await self._registrar.keys(now), *await self._registrar.keys(now, Role.SOURCE)]
        key = next((one for one in there if one.id == given.get("khoa")), None)
        if key is None:
            return await self._page(asker, NOT_THERE, HTTPStatus.NOT_FOUND)
        if given.get("viec") == "doi":
            try:
                token = await self._registrar.follow_key(asker, key)
            except UnfitAccess as exc:
                return await self._page(asker, unfit(exc), HTTPStatus.UNPROCESSABLE_ENTITY)
            until = day(day_of(min(key.expires_at, now + OVERLAP)))
            return self._told(asker, key.name, token, f"Khóa cũ còn dùng được tới {until}, hoặc tới khi bạn kết thúc.")
        ended = await self._registrar.end_key(asker, key)
        self._access.ended(ended)
        return RedirectResponse(addresses.KEYS, HTTPStatus.SEE_OTHER)

    async def _make(self, asker: Asker, given: Mapping[str, str]) -> Response:
        name, days = given.get("ten", "").strip(), given.get("ngay", "")
        scopes = [right.value for right in SCOPE_WORDS if given.get(SCOPE + right.value)]
        lives = timedelta(days=int(days) if days.isascii() and days.isdecimal() and len(days) < 5 else 0)
        try:
            token = await self._registrar.add_key(asker, name, listed(given.get("don-vi", "")), scopes, lives)
        except UnfitAccess as exc:
            return await self._page(asker, unfit(exc), HTTPStatus.UNPROCESSABLE_ENTITY, given)
        return self._told(asker, name, token)

    def _told(self, asker: Asker, name: str, token: str, more: str = "") -> Response:
        main = [
            heading(f"Khóa của {name}"),
            secret(token),
            line("Khóa này chỉ hiện một lần. Chương trình gửi nó trong tiêu đề Authorization: Bearer …"),
            *([line(more)] if more else []),
            link("Đã ghi lại, về danh sách", addresses.KEYS),
        ]
        return managed(addresses.KEYS, main, asker)

    async def _page(
        self,
        asker: Asker,
        said: str = "",
        status: HTTPStatus = HTTPStatus.OK,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        typed, now = typed or {}, self._access.clock()
        keys = await self._registrar.keys(now)
        rows = [
            (
                cell(key.name),
                cell(_scopes(key)),
                cell(", ".join(key.units) or "toàn tỉnh"),
                cell(day(day_of(key.created_at))),
                cell(day(day_of(key.expires_at))),
                cell(when(key.used_at, day_of(now)) if key.used_at > key.created_at else "chưa dùng"),
                _deeds(key),
            )
            for key in keys
        ]
        making = form(
            addresses.KEYS,
            hidden("viec", "cap"),
            field("Tên, ví dụ: so-tnmt-bao-cao", "ten", value=typed.get("ten", "")),
            field(f"Dùng được bao nhiêu ngày (tới {KEY_LIVES.days})", "ngay", value=typed.get("ngay", USUAL_DAYS)),
            field(
                "Của các đơn vị, mã cách nhau bằng dấu phẩy (để trống là toàn tỉnh)",
                "don-vi",
                value=typed.get("don-vi", ""),
                needed=False,
            ),
            ticks(
                "Được hỏi (không chọn là tất cả)",
                [(SCOPE + right.value, words) for right, words in SCOPE_WORDS.items()],
                [name for name in typed if name.startswith(SCOPE)],
            ),
            button="Cấp khóa",
            first=True,
        )
        heads = ("Tên", "Được hỏi", "Đơn vị", "Cấp ngày", "Hết hạn", "Dùng lần cuối", "")
        main = [
            heading("Khóa của chương trình"),
            table(heads, rows) if rows else line("Chưa cấp khóa nào."),
            *([line(OVERLAPS)] if rows else []),
            heading("Cấp khóa"),
            making,
            heading("Khóa của nguồn dữ liệu"),
            *await self._sources(now),
        ]
        return managed(addresses.KEYS, main, asker, said=said, status=status)

    async def _sources(self, now: datetime) -> list[str]:
        """The gateway's sources, each with its tokens: one without is shown too, for it can send nothing."""
        tokens = await self._registrar.keys(now, Role.SOURCE)
        rows = []
        for source in await self._registrar.sources():
            sends = (cell(source.name), cell(", ".join(source.types)), cell(", ".join(source.units)))
            own = [one for one in tokens if one.name == source.name]
            for one in own:
                made, ends = day(day_of(one.created_at)), day(day_of(one.expires_at))
                rows.append((*sends, cell(made), cell(ends), _deeds(one)))
            if not own:
                rows.append((*sends, cell(""), cell(f"đã hết; cấp lại: ioc sources rotate {source.name}"), ""))
        if not rows:
            return [line("Chưa có nguồn nào.")]
        return [table(("Tên", "Được gửi", "Đơn vị", "Cấp ngày", "Hết hạn", ""), rows), line(OVERLAPS)]


def _deeds(key: ListedKey) -> str:
    return '<div class="fl">' + _deed("doi", key, "Đổi khóa") + _deed("ket-thuc", key, "Kết thúc") + "</div>"


def _deed(word: str, key: ListedKey, button: str) -> str:
    named = f"{button} {key.name}, cấp {day(day_of(key.created_at))}"
    return form(addresses.KEYS, hidden("viec", word), hidden("khoa", key.id), button=button, name=named)


def _scopes(key: ListedKey) -> str:
    return ", ".join(SCOPE_WORDS[right] for right in SCOPE_WORDS if right.value in key.scopes) or NO_SCOPES
