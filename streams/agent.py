"""The agent that every topic has: wiring, readable top to bottom."""

from collections.abc import Awaitable, Callable
from typing import Any

from streams.crash import CrashPoints
from streams.span import Span


def taking(take: Callable[[Span], Awaitable[None]], points: CrashPoints) -> Callable[[Any], Awaitable[None]]:
    """``take`` decodes a span and hands it to its partition's lane, waiting while that is full."""

    async def agent(stream: Any) -> None:
        async for event in stream.noack().events():
            await take(event.value)
            await stream.ack(event)  # releases Faust's message; what is taken is known from the table alone
            points.reached("acknowledged")

    return agent
