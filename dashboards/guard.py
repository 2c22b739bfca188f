"""What may be asked of the screens' process at all, over http and websocket: what is not named here is refused.

Dash answers 200 for unknown paths and serves a websocket endpoint of its own without asking anyone (both tried), so the
gate stands before it, in ASGI.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.screens import links
from dashboards.screens.topics import nav

GET = frozenset({"GET", "HEAD"})
FRONT = re.compile(r"/|/man-hinh/?")  # lead to the wall
_NAMES = "|".join(map(re.escape, nav.WALLS[1:]))
PAGES = re.compile(  # Dash's one page
    r"/man-hinh/(ho-so(/.{0,200})?|danh-sach/[\w-]{1,64}|doi-tuong/[a-z]{1,20}/.{1,200}"
    r"|may-tinh-bang(/don-vi|/sap-tre|/chi-tieu|/(so-voi-cong|quy-trinh|lien-thong)(/ho-so)?|/diem-766(/thanh-phan|/ho-so)?)?"
    rf"|(may-tinh-bang/)?({_NAMES})|may-tinh-bang/({_NAMES})/bang)"
)
DASH = "/man-hinh/"
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
        (r"/man-hinh/_dash-component-suites/[\w./@-]+", GET),
        (r"/man-hinh/_favicon\.ico", GET),
        (r"/man-hinh/_dash-update-component", frozenset({"POST"})),
    )
)


def content_policy(script_hashes: Iterable[str]) -> str:
    """Everything from this origin and nothing else; styles inline, because React and Plotly set them."""
    return "; ".join(
        (
            "default-src 'none'",
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
    """The outermost ASGI application."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], script_hashes: Iterable[str]) -> None:
        self._app, self._hosts = app, hosts
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
            answer: ASGIApp = self._refusal(scope) or self._app
            if answer is self._app and FRONT.fullmatch(scope["path"]):
                answer = RedirectResponse(links.WALL)
            elif PAGES.fullmatch(scope["path"]):  # which of them, the browser's address tells the page
                scope = {**scope, "path": DASH, "raw_path": DASH.encode()}
            await answer(scope, receive, self._with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before accepting: the handshake is refused

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if urlsplit(f"//{headers.get('host', '')}").hostname not in self._hosts:
            return PlainTextResponse("không phục vụ tên máy này", status_code=421)
        methods = next((methods for path, methods in ALLOWED if path.fullmatch(scope["path"])), None)
        if methods is None:
            return PlainTextResponse("không có trang này", status_code=404)
        if scope["method"] not in methods:
            return PlainTextResponse("không làm được việc này", status_code=405, headers={"Allow": ", ".join(methods)})
        if headers.get("sec-fetch-site", "same-origin") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("trang khác không được hỏi", status_code=403)
        return None

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return sending
