"""``/man-hinh-lon``: where a screen on a wall begins. It shows a code until an administrator has confirmed it, then
goes to its first wall; what is wrong with it is said here too. No figure is ever on this page."""

from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dashboards.access import addresses, device_cookie
from dashboards.access.access import COOKIE, LONGEST_TOKEN, Access, cookie, cookies_of
from dashboards.access.asker import ASKER, Asker, AskerKind
from dashboards.access.gate import origin_of
from dashboards.access.pairings import Pairings
from dashboards.access.screen_frame import Wrong, away_page, code_page
from dashboards.access.sign_in import browser_of
from dashboards.access.store import Living
from dashboards.access.tokens import DEVICE_PREFIX, new_claim, pairing_code
from dashboards.fair_turns import client_of
from dashboards.screens import links, nav
from dashboards.words import clock, day_of, when
from schemas.sqlstates import NotRead

PAIRING_COOKIE = "__Host-ioc-ghep"  # holds the claim; longer than the code lives, so that an expired one is known
KEPT = 86_400  # seconds
TOO_MANY = "Đang có quá nhiều màn hình chờ ghép. Màn hình này tự thử lại sau ít giây."
NOT_READ = "Trung tâm chưa trả lời. Màn hình này tự thử lại sau ít giây."


def first_wall(asker: Asker) -> str:
    own = [name for name in nav.WALLS if name in asker.scopes]
    return links.PREFIX + (own or nav.WALLS)[0]


class ScreenPairing:
    def __init__(self, access: Access, pairings: Pairings) -> None:
        self._access, self._pairings = access, pairings

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.PAIRING, self.show, methods=["GET"])
        routes.add_api_route(addresses.PAIRING, self.take, methods=["POST"])
        return routes

    async def show(self, request: Request) -> Response:
        asker = ASKER.get(None)
        if asker is not None and asker.kind is AskerKind.DEVICE:
            return RedirectResponse(first_wall(asker), HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})
        if not self._access.begun:
            return away_page(NOT_READ)
        now, address, browser = self._access.clock(), client_of(request.scope), browser_of(request)
        cookies = cookies_of(request.headers)
        claim = cookies.get(PAIRING_COOKIE, "")[:LONGEST_TOKEN]
        try:
            waiting = await self._pairings.waiting(claim, now) if claim else None
            if waiting is not None and waiting.confirmed:
                if (taken := await self._pairings.take(claim, address, now)) is not None:
                    to = first_wall(taken[1].asker)
                    return await self._let_in(request, taken, RedirectResponse(to, HTTPStatus.SEE_OTHER))
                waiting = None  # it was ended already
            if waiting is None:
                claim = new_claim()
            until = waiting.expires_at if waiting else await self._pairings.begin(claim, browser, address, now)
            wrong = await self._wrong(cookies.get(COOKIE, "")[:LONGEST_TOKEN], now)
        except NotRead:
            return away_page(NOT_READ)
        if until is None:
            return away_page(TOO_MANY)
        admin = f"{origin_of(request.scope).partition('//')[2]}{addresses.DEVICES}"
        page = code_page(pairing_code(claim), admin, clock(until), f"{browser}, {address}", wrong)
        page.headers.append("Set-Cookie", cookie(PAIRING_COOKIE, claim, seconds=KEPT))
        return page

    async def take(self, request: Request) -> Response:
        """What the waiting screen asks every other second: whether it was let in. The answer may be lost on its way,
        so it gets the same token again as long as its code would live."""
        now = self._access.clock()
        claim = cookies_of(request.headers).get(PAIRING_COOKIE, "")[:LONGEST_TOKEN]
        if not claim:
            return _said(HTTPStatus.BAD_REQUEST)
        try:
            taken = await self._pairings.take(claim, client_of(request.scope), now)
            if taken is not None:
                return await self._let_in(request, taken, _said(HTTPStatus.OK, to=first_wall(taken[1].asker)))
            waiting = await self._pairings.waiting(claim, now)
        except NotRead:
            return _said(HTTPStatus.SERVICE_UNAVAILABLE)
        return _said(HTTPStatus.ACCEPTED if waiting and not waiting.confirmed else HTTPStatus.GONE)

    async def _let_in(self, request: Request, taken: tuple[str, Living], answer: Response) -> Response:
        """Whose session this browser held is ended: it hangs on a wall from here on."""
        token, living = taken
        before, known = self._access.asker(request.scope), self._access.known
        if known is not None:
            known.add(token, living)
            if before is not None and before.credential not in ("", living.asker.credential) and self._access.store:
                known.ended(await self._access.store.end(self._access.clock(), credential=before.credential))
        answer.headers["Cache-Control"] = "no-store"
        answer.headers.append("Set-Cookie", cookie(COOKIE, token, seconds=device_cookie.LONGEST))
        answer.headers.append("Set-Cookie", cookie(PAIRING_COOKIE, "", seconds=0))
        return answer

    async def _wrong(self, token: str, now: datetime) -> Wrong | None:
        """What has become of the screen that this was."""
        if not token.startswith(DEVICE_PREFIX):
            return None
        ended = await self._pairings.ended(token)
        if ended is None:
            return Wrong("Thẻ cũ của màn hình này không còn hiệu lực.", "Ghép lại bằng mã dưới đây.")
        name, at = ended
        return Wrong(f"Màn hình “{name}” đã bị thu hồi lúc {when(at, day_of(now))}.", "Ghép lại bằng mã dưới đây.")


def _said(status: HTTPStatus, **more: str) -> JSONResponse:
    return JSONResponse(more, status, {"Cache-Control": "no-store"})
