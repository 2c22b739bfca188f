"""The outermost layer: addresses (starlette's), an answer for every problem, and one line in the log for each request.

A line has method, path *template*, status, milliseconds and the source's name; never a query, a body or a path that we
do not know: any of them may hold what must not be in a log. An error that nobody expected passes through here to the
server, whose log says what and where, and not what it quotes (:class:`streams.intake.gateway.logs.Discreet`).
"""

import logging
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streams.intake.gateway.problems import GatewayRefused

log = logging.getLogger("gateway.access")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CLIENT_CLOSED = 499  # as nginx logs it; nobody is left to see it


def application(routes: Sequence[Route], running: AbstractAsyncContextManager[None]) -> "AccessLog":
    """The ASGI application. ``running`` is entered while it serves."""
    app = Starlette(
        routes=routes,
        lifespan=lambda _app: running,
        exception_handlers={GatewayRefused: _refused, HTTPException: _unrouted, ClientDisconnect: _gone},
    )
    app.router.redirect_slashes = False
    return AccessLog(app)


async def _refused(_request: Request, exc: Exception) -> Response:
    assert isinstance(exc, GatewayRefused)  # noqa: S101  registered for it
    return exc.response()


async def _unrouted(_request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101  registered for it
    status = HTTPStatus(exc.status_code)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(sorted((exc.headers or {}).get("Allow", "").split(", ")))
        return GatewayRefused(status, f"This address is for {allowed}.", headers={"Allow": allowed}).response()
    return GatewayRefused(status, "There is nothing at this address.").response()


async def _gone(_request: Request, _exc: Exception) -> Response:
    return Response(status_code=CLIENT_CLOSED)


class AccessLog:
    """ASGI middleware, the outermost."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value  # unless an answer says another
        path = "/" + scope["path"].strip("/")  # an address is often put together with a slash too many
        asked = {**scope, "path": path, "state": {}}

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-content-type-options", b"nosniff")]
            await send(message)

        try:
            await self._app(asked, receive, sending)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "-"
            template = asked["route"].path if "route" in asked else "-"
            sender = asked["state"].get("sender", "-")
            milliseconds = (time.perf_counter() - began) * 1000
            log.info("method=%s path=%s status=%d ms=%.1f source=%s", method, template, status, milliseconds, sender)
