"""Takes one request in, within its limits. Nothing is read of a request before it is known whose it is."""

import asyncio
from http import HTTPStatus
from typing import Protocol

from starlette.requests import Request

from streams.intake.gateway.grants import Grant
from streams.intake.gateway.problems import GatewayRefused, refused_field

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="ioc"'}


class Senders(Protocol):
    """Who may send. ``known`` is false until that could be read once."""

    @property
    def known(self) -> bool: ...

    def of(self, token: str) -> Grant | None: ...


def sender(request: Request, senders: Senders) -> Grant:
    """Whose token the request bears. Raises :class:`GatewayRefused`."""
    if not senders.known:
        raise GatewayRefused(
            HTTPStatus.SERVICE_UNAVAILABLE, "The sources could not be read yet; ask again.", retry_after=2
        )
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    grant = senders.of(token.strip()) if scheme.lower() == "bearer" else None
    if grant is None:
        raise GatewayRefused(HTTPStatus.UNAUTHORIZED, "The request bears no token of a source.", headers=CHALLENGE)
    return grant


async def body_of(request: Request, most: int, seconds: float) -> bytes:
    """The body. Raises :class:`GatewayRefused` where it is too large or comes too slowly,
    and starlette's ``ClientDisconnect``."""
    too_large = refused_field("body", f"too_large (at most {most} bytes)", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said[:18]) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise too_large
                parts.append(part)
    except TimeoutError:
        raise GatewayRefused(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time.") from None
    return b"".join(parts)


def topic_asked(request: Request) -> str | None:
    """The query's ``topic``. Any other parameter is refused: it would silently not count."""
    names = [name for name, _ in request.query_params.multi_items()]
    if len(names) != len(set(names)):
        raise refused_field("query", "repeated")
    if set(names) - {"topic"}:
        raise refused_field("query", "unknown_parameter")
    return request.query_params.get("topic")
