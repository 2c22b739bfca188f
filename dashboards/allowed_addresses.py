"""What may be asked of the screens' process at all, over http and websocket: what is not named here is refused.

Dash answers 200 for unknown paths and serves a websocket endpoint of its own without asking anyone (both tried), so the
gate stands before it, in ASGI.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards import address, dash_question, error_page
from dashboards.access import addresses
from dashboards.access.asker import nobody
from dashboards.access.denials import Denials
from dashboards.fair_turns import CLIENT, client_of
from dashboards.screens import links, nav
from dashboards.transport import strict_transport
from dashboards.views import VIEWS

GET = frozenset({"GET", "HEAD"})
FRONT = re.compile(r"/|/man-hinh/?")  # lead to the first wall
_VIEWS = "|".join(re.escape(page) for view in VIEWS for page in view.pages)
_NAMES = "|".join(re.escape(name) for name in nav.WALLS if name not in (nav.NEED, nav.CASES))
PAGES = re.compile(  # Dash's one page
    r"/man-hinh/(ho-so(/.{0,200})?|danh-sach/[\w-]{1,64}|doi-tuong/[a-z]{1,20}/.{1,200}"
    rf"|may-tinh-bang(/don-vi|/chi-tieu|/tu-ngu|/({_VIEWS}))?"
    rf"|{nav.NEED}|(may-tinh-bang/)?({_NAMES})|may-tinh-bang/({_NAMES})/(bang|phat-hien))"
)
DASH = "/man-hinh/"
UPDATE = "/man-hinh/_dash-update-component"
LONGEST_CODE = 3_000  # letters; some providers' codes are whole tokens
NOT_ASKED = frozenset({links.STREAM, links.OPEN})  # by HEAD: one never ends, the other writes
FILES = rf"{links.DOWNLOAD}(danh-sach/[\w-]{{1,64}}|[a-z-]{{1,30}})\.(csv|xlsx)"
ALLOWED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), methods)
    for pattern, methods in (
        (FRONT.pattern, GET),
        (PAGES.pattern, GET),
        (r"/healthz", GET),
        (r"/man-hinh/mo", GET),
        (r"/man-hinh/dong", GET),
        (r"/man-hinh/assets/[\w./-]+", GET),
        (r"/man-hinh/_dash-(layout|dependencies)", GET),
        (r"/man-hinh/_dash-component-suites/[\w.@-]+/[\w./@-]+", GET),
        (r"/man-hinh/_favicon\.ico", GET),
        (UPDATE, frozenset({"POST"})),
        *((re.escape(form), GET | {"POST"}) for form in addresses.FORMS),
        *((re.escape(shown), GET) for shown in addresses.SHOWN),
        (re.escape(addresses.SIGN_OUT), frozenset({"POST"})),
        (re.escape(addresses.OIDC_ENDED), frozenset({"POST"})),
        # Not by HEAD: one begins something, the other ends it.
        *((re.escape(way), frozenset({"GET"})) for way in (addresses.OIDC, addresses.OIDC_BACK)),
        (FILES, frozenset({"GET"})),  # and this is put on record
    )
)


def content_policy(script_hashes: Iterable[str]) -> str:
    """Everything from this origin and nothing else; styles inline, because React sets them."""
    return "; ".join(
        (
            "default-src 'none'",
            "object-src 'none'",
            "script-src 'self' " + " ".join(script_hashes),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class Guard:
    """The outermost ASGI application. ``denials``: what another site's page or name asked is on record there."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], script_hashes: Iterable[str], denials: Denials) -> None:
        self._app, self._hosts, self._denials = app, hosts, denials
        self._headers = {
            "Content-Security-Policy": content_policy(script_hashes),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            CLIENT.set(client_of(scope))
            answer, scope, receive = await self._answer(scope, receive)
            await answer(scope, receive, self._with_headers(send, strict_transport(scope)))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before accepting: the handshake is refused

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[ASGIApp, Scope, Receive]:
        """Who answers, and the request as it is to see it."""
        if (refusal := self._refusal(scope)) is not None:
            return refusal, scope, receive
        path = scope["path"]
        if FRONT.fullmatch(path):
            return RedirectResponse(links.PREFIX + nav.WALLS[0]), scope, receive
        if path == UPDATE:
            try:
                scope, receive = dash_question.with_body(scope, await dash_question.question(receive), receive)
            except dash_question.RefusedBody as exc:
                headers = {"Connection": "close"}  # the rest of the body is not read
                return error_page.answer(exc.status, str(exc), Headers(scope=scope), headers), scope, receive
        elif scope["method"] == "HEAD":  # the server itself leaves the body out
            if path in NOT_ASKED:
                return Response(headers={"Cache-Control": "no-store"}), scope, receive
            scope = {**scope, "method": "GET"}
        if PAGES.fullmatch(path):  # which of them, the browser's address tells the page
            scope = {**scope, addresses.ASKED: path, "path": DASH, "raw_path": DASH.encode()}
        return self._app, scope, receive

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if address.host_of(headers.get("host", "")) not in self._hosts:
            self._denials.note(nobody(client_of(scope)), "host")
            return error_page.answer(HTTPStatus.MISDIRECTED_REQUEST, "không phục vụ tên máy này", headers)
        try:
            longest = LONGEST_CODE if scope["path"] == addresses.OIDC_BACK else address.LONGEST_VALUE
            address.check(scope["raw_path"], scope["query_string"], longest)
        except address.Malformed as exc:
            return error_page.answer(HTTPStatus.BAD_REQUEST, str(exc), headers)
        methods = next((methods for path, methods in ALLOWED if path.fullmatch(scope["path"])), None)
        if methods is None:
            return error_page.answer(HTTPStatus.NOT_FOUND, "không có trang này", headers)
        if scope["method"] not in methods:
            allow = {"Allow": ", ".join(sorted(methods))}
            return error_page.answer(HTTPStatus.METHOD_NOT_ALLOWED, "không làm được việc này", headers, allow)
        if headers.get("sec-fetch-site", "same-origin") == "cross-site" and (
            headers.get("sec-fetch-mode") != "navigate" or scope["path"].startswith((links.OPEN, links.DOWNLOAD))
        ):
            self._denials.note(nobody(client_of(scope)), "elsewhere")
            return error_page.answer(HTTPStatus.FORBIDDEN, "trang khác không được hỏi", headers)
        return None

    def _with_headers(self, send: Send, more: dict[str, str]) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (self._headers | more).items():
                    headers.setdefault(name, value)
            await send(message)

        return sending
