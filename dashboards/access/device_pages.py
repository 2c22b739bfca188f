"""``/quan-tri/man-hinh``: screens on walls: letting in one that shows a code, and ending one."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import Asker
from dashboards.access.fit_access import UnfitAccess
from dashboards.access.frame import cell, field, form, heading, hidden, line, table, ticks
from dashboards.access.known import NOTED_EVERY
from dashboards.access.manager import NOT_THERE, managed, manager, unfit
from dashboards.access.pairings import Device, Pairings, WaitingScreen, in_groups, plain_code
from dashboards.access.sign_in import FAILURES_BY_NAME, WAIT, short_form
from dashboards.access.store import AccessStore
from dashboards.screens import nav
from dashboards.words import age, day_of, when

NO_SUCH_CODE = "Không có màn hình nào đang chờ với mã này: mã sai, đã dùng hoặc đã hết hạn."
WALL = "man-"  # before a wall's name, of the box that chooses it


class DevicePages:
    def __init__(self, access: Access, pairings: Pairings, store: AccessStore) -> None:
        self._access, self._pairings, self._store = access, pairings, store

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.DEVICES, self.show, methods=["GET"])
        routes.add_api_route(addresses.DEVICES, self.do, methods=["POST"])
        return routes

    async def show(self, _request: Request) -> Response:
        return await self._page(await manager(self._access, addresses.DEVICES))

    async def do(self, request: Request) -> Response:
        asker = await manager(self._access, addresses.DEVICES, writes=True)
        given = await short_form(request)
        if given.get("viec") == "thu-hoi":
            return await self._end(asker, given.get("man", ""))
        return await self._pair(asker, given, confirmed=given.get("viec") == "ghep")

    async def _pair(self, asker: Asker, given: Mapping[str, str], *, confirmed: bool) -> Response:
        """First what waits with this code and where from, then its name and walls: the code goes in the form, never in
        an address."""
        now, code, whose = self._access.clock(), plain_code(given.get("ma", "")), f"pairing:{asker.id}"
        tried, _ = await self._store.failures(whose, "", now)
        if tried >= FAILURES_BY_NAME:
            return await self._page(asker, WAIT, HTTPStatus.TOO_MANY_REQUESTS)
        waits = await self._pairings.of_code(code, now)
        if waits is None:
            await self._store.failed(whose, "", now)
            return await self._page(asker, NO_SUCH_CODE, HTTPStatus.NOT_FOUND)
        screens = [name for name in nav.WALLS if given.get(WALL + name)]
        if not confirmed:
            return self._asked(asker, code, waits, "", ())
        name = given.get("ten", "").strip()
        try:
            if not await self._pairings.confirm(asker, code, name, screens):
                return await self._page(asker, NO_SUCH_CODE, HTTPStatus.NOT_FOUND)
        except UnfitAccess as exc:
            return self._asked(asker, code, waits, name, screens, unfit(exc))
        return RedirectResponse(addresses.DEVICES, HTTPStatus.SEE_OTHER)

    def _asked(
        self,
        asker: Asker,
        code: str,
        waits: WaitingScreen,
        name: str,
        screens: list[str] | tuple[()],
        said: str = "",
    ) -> Response:
        now = self._access.clock()
        main = [
            heading(f"Màn hình đang chờ với mã {in_groups(code)}"),
            line(f"Từ địa chỉ {waits.address}, trình duyệt {waits.browser}, chờ {age(now - waits.since)}."),
            line("Chỉ ghép khi đúng là màn hình mà bạn đang thấy: góc dưới của nó ghi cùng trình duyệt, địa chỉ."),
            form(
                addresses.DEVICES,
                hidden("viec", "ghep"),
                hidden("ma", code),
                field("Tên màn hình, ví dụ: Phòng họp 1", "ten", value=name, focus=True),
                ticks(
                    "Được mở (không chọn là mọi màn hình)",
                    [(WALL + wall, nav.title(wall)) for wall in nav.WALLS],
                    [WALL + wall for wall in screens],
                ),
                button="Ghép màn hình này",
                first=True,
            ),
            form(addresses.DEVICES, button="Không phải, bỏ qua", get=True),
        ]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK
        return managed(addresses.DEVICES, main, asker, said=said, status=status)

    async def _end(self, asker: Asker, id_: str) -> Response:
        if id_ not in {device.id for device in await self._pairings.devices()}:
            return await self._page(asker, NOT_THERE, HTTPStatus.NOT_FOUND)
        ended = await self._pairings.end(asker, id_)
        self._access.ended(ended)
        return RedirectResponse(addresses.DEVICES, HTTPStatus.SEE_OTHER)

    async def _page(self, asker: Asker, said: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
        now, devices = self._access.clock(), await self._pairings.devices()
        rows = [
            (
                cell(device.name),
                cell(_walls(device)),
                cell(device.address),
                cell(_ago(now - device.used_at)),
                cell(f"{when(device.made_at, day_of(now))}, {device.made_by}"),
                form(
                    addresses.DEVICES,
                    hidden("viec", "thu-hoi"),
                    hidden("man", device.id),
                    button="Thu hồi",
                    name=f"Thu hồi {device.name}",
                ),
            )
            for device in devices
        ]
        pairing = form(
            addresses.DEVICES,
            field("Mã trên màn hình", "ma", focus=True),
            button="Tìm màn hình",
            first=True,
            row=True,
        )
        heads = ("Tên", "Được mở", "Từ địa chỉ", "Thấy lần cuối", "Ghép lúc, bởi", "")
        main = [
            heading("Ghép một màn hình"),
            line(f"Trên màn hình lớn mở {addresses.PAIRING}; nó hiện một mã tám ký tự. Nhập mã ấy ở đây."),
            pairing,
            heading("Đang được mở"),
            table(heads, rows) if rows else line("Chưa ghép màn hình nào."),
            *([line("Thu hồi thì màn hình trống số ngay, trong vài giây, dù nó đang mở.")] if rows else []),
        ]
        return managed(addresses.DEVICES, main, asker, said=said, status=status)


def _walls(device: Device) -> str:
    own = [nav.title(name) for name in nav.WALLS if name in device.screens]
    return ", ".join(own) or "mọi màn hình"


def _ago(span: timedelta) -> str:
    """It is noted to the minute."""
    return f"{age(span)} trước" if span >= 2 * NOTED_EVERY else "vừa xong"
