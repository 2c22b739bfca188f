"""Bytes made in a task of their own, piece by piece, no faster than they are taken: one piece waits, none is kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

Put = Callable[[bytes], Awaitable[None]]


class ByteFlow:
    """``produce`` hands over what it has by what it is called with, within ``seconds``; what it raises, the taker has
    raised."""

    def __init__(self, produce: Callable[[Put], Coroutine[Any, Any, None]], seconds: float) -> None:
        self._pieces: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(1)
        self._task = asyncio.create_task(self._run(produce, seconds))

    async def _run(self, produce: Callable[[Put], Coroutine[Any, Any, None]], seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await produce(self._pieces.put)
        except Exception as exc:  # noqa: BLE001  raised where the pieces are taken
            await self._pieces.put(exc)
        else:
            await self._pieces.put(None)

    async def take(self) -> bytes | None:
        """The next piece; ``None`` after the last."""
        piece = await self._pieces.get()
        if isinstance(piece, Exception):
            raise piece
        return piece

    async def close(self) -> None:
        """Whoever took has enough."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class FlowResponse(StreamingResponse):
    """``first``: what was taken already, so that what goes wrong at once is an answer of its own."""

    def __init__(self, first: bytes, flow: ByteFlow, media_type: str, headers: dict[str, str]) -> None:
        self._flow = flow
        super().__init__(self._pieces(first), media_type=media_type, headers=headers)

    async def _pieces(self, first: bytes) -> AsyncIterator[bytes]:
        piece: bytes | None = first
        while piece is not None:
            yield piece
            piece = await self._flow.take()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._flow.close()
