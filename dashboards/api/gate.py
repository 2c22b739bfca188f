"""What may pass at all: GET and HEAD, under a known name. Everything else is refused before other code sees it."""

from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.api.problems import problem

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


class Gate:
    """ASGI middleware, the outermost. The name of the host is checked because a page of another site may have its own
    name lead here (DNS rebinding), and nobody signs in yet."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _host_name(Headers(scope=scope).get("host", "")) not in self._hosts:
            refusal = problem(HTTPStatus.MISDIRECTED_REQUEST, "Not a name of this service; IOC_HOSTS lists them.")
            await refusal(scope, receive, send)
        elif scope["method"] == "GET":
            await self._app(scope, receive, send)
        elif scope["method"] == "HEAD":
            # The server itself leaves the body out.
            await self._app({**scope, "method": "GET"}, receive, send)
        else:
            refusal = problem(HTTPStatus.METHOD_NOT_ALLOWED, "This API is for reading.", headers={"Allow": "GET, HEAD"})
            await refusal(scope, receive, send)


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending
