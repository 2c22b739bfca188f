"""The gate: nothing is asked by nobody. ASGI, over http and websocket, around everything that reads.

What is open to everybody is named (sign-in, files of the screens' looks, health); every other address needs an asker,
who stands in :data:`dashboards.access.asker.ASKER` from here on. What he may ask for is told by each page and route
(:class:`dashboards.access.asker.Right`), whose data he sees by the database.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import URL, Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import ASKER, AskerKind, nobody
from dashboards.access.device_cookie import asked_again, is_of_a_device, renewing
from dashboards.fair_turns import client_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Refuse = Callable[[HTTPStatus, str, Scope], Response]
NOT_KNOWN = "Chưa đăng nhập, hoặc phiên đã hết."
NOT_OURS = "Việc ghi chỉ nhận từ trang của hệ thống này."


class AccessGate:
    """``open``: addresses that need nobody. ``refuse``: how this process says no."""

    def __init__(self, app: ASGIApp, access: Access, *, open_: re.Pattern[str], refuse: Refuse) -> None:
        self._app, self._access, self._open, self._refuse = app, access, open_, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["method"] not in SAFE and not ours(scope):
            self._access.denials.note(nobody(client_of(scope)), "origin")
            await self._refuse(HTTPStatus.FORBIDDEN, NOT_OURS, scope)(scope, receive, send)
            return
        uses = scope["path"] not in addresses.BY_THEMSELVES
        asker = self._access.asker(scope, uses=uses)
        if asker is None and await self._access.renewed(scope):  # begun a moment ago, in another process
            asker = self._access.asker(scope, uses=uses)
        if asker is None and self._open.fullmatch(scope["path"]) is None:
            await self._nobody(scope)(scope, receive, send)
            return
        if asker is None:
            await self._app(scope, receive, send)
            return
        if asker.must_change_password and addresses.WITH_A_GIVEN_PASSWORD.fullmatch(scope["path"]) is None:
            await RedirectResponse(addresses.PASSWORD, HTTPStatus.SEE_OTHER)(scope, receive, send)
            return
        if asker.kind is AskerKind.DEVICE:
            send = renewing(scope, send)
        token = ASKER.set(asker)
        try:
            await self._app(scope, receive, send)
        finally:
            ASKER.reset(token)

    def _nobody(self, scope: Scope) -> Response:
        if not self._access.begun:
            words = "Chưa kiểm tra được quyền, thử lại sau ít giây."
            return asked_again(scope, self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, words, scope))
        headers = Headers(scope=scope)
        page = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
        if page and headers.get("sec-fetch-mode", "navigate") == "navigate":
            if is_of_a_device(scope):  # nobody stands before it who could sign in
                return RedirectResponse(addresses.PAIRING, HTTPStatus.SEE_OTHER)
            query = scope["query_string"].decode("latin-1")
            asked = scope.get(addresses.ASKED, scope["path"]) + (f"?{query}" if query else "")
            return RedirectResponse(f"{addresses.SIGN_IN}?{addresses.NEXT}={quote(asked)}", HTTPStatus.SEE_OTHER)
        kind, token = self._access.shown(scope) or ("nobody", "")
        self._access.denials.note(nobody(client_of(scope)), kind, token=token)
        return self._refuse(HTTPStatus.UNAUTHORIZED, NOT_KNOWN, scope)


def ours(scope: Scope) -> bool:
    """Whether a write comes from a page of ours, by what browsers say of themselves. Who has a key is no browser."""
    headers = Headers(scope=scope)
    if headers.get("authorization") or scope["path"] in addresses.FROM_NO_BROWSER:
        return True
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is not None:
        return origin == origin_of(scope)
    return site is not None or scope["path"] in addresses.READS_BY_POST


def origin_of(scope: Scope) -> str:
    url = URL(scope=scope)
    return f"{url.scheme}://{url.netloc}"
