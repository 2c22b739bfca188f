"""An application as a process of ours serves it, in the test's own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Literal

import httpx
import uvicorn

from dashboards import serving
from infra.ports import free_port


@contextlib.asynccontextmanager
async def served(
    application: object, *, port: int | None = None, lifespan: Literal["on", "off"] = "on"
) -> AsyncIterator[int]:
    """Its port."""
    port = port or free_port()
    config = uvicorn.Config(
        application,  # type: ignore[arg-type]
        port=port,
        http=serving.BoundedProtocol,
        lifespan=lifespan,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve())
    while not server.started:
        assert not running.done(), "it did not start"
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        await running


async def knows_who_may_ask(client: httpx.AsyncClient) -> None:
    """A process that has begun answers 503 until it does; on screens a page that is led to sign in is no refusal."""
    page = {"Accept": "text/html"}
    async with asyncio.timeout(30):
        while (await client.get("/man-hinh/ho-so", headers=page)).status_code == 503:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
