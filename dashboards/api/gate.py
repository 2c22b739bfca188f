"""What may pass at all: GET and HEAD, and a unit's answers, under a known name. Everything else is refused before other
code sees it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from time import monotonic

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards import address
from dashboards.access.asker import nobody
from dashboards.access.denials import Denials
from dashboards.api.problems import Violation, problem, refused, unavailable
from dashboards.deadline import Overdue, while_left
from dashboards.fair_turns import client_of
from dashboards.transport import strict_transport

LONGER = "ioc.longer"  # in the scope: what gives an answer that is sent piece by piece so many seconds from now on
ANSWERED_WITHIN = 13.0  # seconds, longer than the database itself allows a question
METHODS = ("GET", "HEAD")
ANSWERS = re.compile(r"/api/v1/directives/.{1,200}/answers")  # the one address that takes something
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


AtOnce = Callable[[Scope, Send], Awaitable[bool]]


class Gate:
    """ASGI middleware, the outermost. The name of the host is checked because a page of another site may have its own
    name lead here (DNS rebinding); ``denials`` puts that on record. ``at_once`` answers what is known already (whether
    it did); only other requests are given a time by our own clock, which costs more than such an answer."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        denials: Denials | None = None,
        answered_within: float = ANSWERED_WITHIN,
        at_once: AtOnce | None = None,
    ) -> None:
        self._app, self._hosts, self._denials = app, hosts, denials
        self._seconds, self._at_once = answered_within, at_once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send, HEADERS | strict_transport(scope)))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if address.host_of(Headers(scope=scope).get("host", "")) not in self._hosts:
            if self._denials is not None:
                self._denials.note(nobody(client_of(scope)), "host")
            refusal = problem(HTTPStatus.MISDIRECTED_REQUEST, "Not a name of this service; IOC_HOSTS lists them.")
            await refusal(scope, receive, send)
        elif scope["method"] == "POST" and ANSWERS.fullmatch(scope["path"]):
            await self._answered(scope, receive, send)
        elif scope["method"] not in METHODS:
            refusal = problem(HTTPStatus.METHOD_NOT_ALLOWED, "This API is for reading.", headers={"Allow": "GET, HEAD"})
            await refusal(scope, receive, send)
        elif (malformed := _malformed(scope)) is not None:
            await malformed(scope, receive, send)
        elif self._at_once is None or not await self._at_once(scope, send):
            # HEAD: the server itself leaves the body out
            await self._answered({**scope, "method": "GET"}, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Within a time by our own clock (a frozen database ends no wait)."""
        started, until = False, monotonic() + self._seconds

        def longer(seconds: float) -> None:
            nonlocal until
            until = monotonic() + seconds

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        async def answered() -> None:
            await self._app({**scope, LONGER: longer}, receive, sending)

        try:
            await while_left(lambda: until - monotonic(), answered())
        except Overdue:
            if not started:
                await unavailable()(scope, receive, send)


def _malformed(scope: Scope) -> Response | None:
    """What no address may hold. What a parameter may hold is told by the parameter's own rule (422)."""
    try:
        address.check(scope["raw_path"], scope["query_string"])
    except address.Malformed:
        return refused([Violation(field="query", rule="an address in UTF-8, without control characters")])
    return None


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending
