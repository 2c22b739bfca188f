"""The outermost layer: addresses, an answer for every problem, and one line in the log for each request.

A line has method, path *template*, status, milliseconds and the source's name; never a query, a body or a path that we
do not know: any of them may hold what must not be in a log. An error that nobody expected passes through here to the
server, whose log says what and where, and not what it quotes (:class:`streams.intake.gateway.logs.Discreet`).
"""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from streams.intake.gateway.problems import GatewayRefused

log = logging.getLogger("gateway.access")
Handler = Callable[[Request], Awaitable[Response]]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CLIENT_CLOSED = 499  # as nginx logs it; nobody is left to see it


@dataclass(frozen=True, slots=True)
class Address:
    """One address and its only method. ``{name}`` may stand for the last part of ``path``."""

    method: str
    path: str
    handler: Handler

    def match(self, path: str) -> dict[str, str] | None:
        fixed, brace, name = self.path.partition("{")
        if not brace:
            return {} if path == fixed else None
        last = path.removeprefix(fixed)
        return {name.rstrip("}"): last} if path.startswith(fixed) and last and "/" not in last else None


class Router:
    """The ASGI application. ``running`` is entered while it serves."""

    def __init__(self, addresses: Sequence[Address], running: AbstractAsyncContextManager[object]) -> None:
        self._addresses = tuple(addresses)
        self._running = running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value  # unless an answer says another
        request = Request(scope, receive)
        template = "-"

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-content-type-options", b"nosniff")]
            await send(message)

        try:
            try:
                address = self._find(request)
                template = address.path
                response = await self._answer(address, request)
            except GatewayRefused as exc:
                response = exc.response()
            await response(scope, receive, sending)
        except ClientDisconnect:
            status = CLIENT_CLOSED
        finally:
            method = scope["method"] if scope["method"] in METHODS else "-"
            sender = getattr(request.state, "sender", "-")
            milliseconds = (time.perf_counter() - began) * 1000
            log.info("method=%s path=%s status=%d ms=%.1f source=%s", method, template, status, milliseconds, sender)

    def _find(self, request: Request) -> Address:
        path = "/" + request.scope["path"].strip("/")  # an address is often put together with a slash too many
        for address in self._addresses:
            found = address.match(path)
            if found is not None:
                request.scope["path_params"] = found
                return address
        raise GatewayRefused(HTTPStatus.NOT_FOUND, "There is nothing at this address.")

    async def _answer(self, address: Address, request: Request) -> Response:
        if request.method == address.method or (request.method == "HEAD" and address.method == "GET"):
            return await address.handler(request)
        detail = f"This address is for {address.method}."
        raise GatewayRefused(HTTPStatus.METHOD_NOT_ALLOWED, detail, headers={"Allow": address.method})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._running:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})
