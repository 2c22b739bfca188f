"""What a client may hold of a process that serves: a head's time and size, what it does not take, connections."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from starlette.types import Receive, Scope, Send

from dashboards import serving
from tests.served import served

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


async def streaming(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(10_000):
            await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
            await asyncio.sleep(0)  # what is sent to nobody waits for nothing


@contextlib.asynccontextmanager
async def connected(
    port: int, source: str = "127.0.0.1"
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def closed(reader: asyncio.StreamReader, within: float) -> bytes:
    """What came before the server closed the connection."""
    async with asyncio.timeout(within):
        with contextlib.suppress(ConnectionError):
            return await reader.read(-1)
    return b""


async def test_a_head_that_never_ends_is_closed_and_a_whole_one_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.5)
    async with served(app, lifespan="off") as port:
        async with connected(port) as (reader, writer):
            writer.write(WHOLE[:20])
            assert await closed(reader, 5) == b""
        async with connected(port) as (reader, writer):
            for _ in range(3):  # one connection, several requests, each with a time of its own
                await asyncio.sleep(0.3)
                writer.write(WHOLE)
                assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
            writer.write(WHOLE[:20])
            assert await closed(reader, 5) == b""


async def test_a_head_that_is_too_long_is_refused() -> None:
    async with served(app, lifespan="off") as port, connected(port) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 2 * serving.LONGEST_HEAD)
        assert (await closed(reader, 5)).startswith(b"HTTP/1.1 400")


async def test_a_reader_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "TAKEN_WITHIN", 0.5)
    async with served(streaming, lifespan="off") as port, connected(port) as (reader, writer):
        writer.write(WHOLE)
        await reader.read(10)
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        async with asyncio.timeout(5):
            while serving._held:  # noqa: ASYNC110  the server's own count
                await asyncio.sleep(0.05)


async def test_a_client_has_its_share_of_connections_and_another_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 3)
    async with served(app, lifespan="off") as port, contextlib.AsyncExitStack() as held:
        for _ in range(3):
            await held.enter_async_context(connected(port, "127.0.0.2"))
        async with connected(port, "127.0.0.2") as (reader, _):
            assert await closed(reader, 5) == b""
        async with connected(port) as (reader, writer):
            writer.write(WHOLE)
            assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
