"""A deadline by our own clock, also for work that does not end when it is told to: a frozen server answers nothing, not
even a request to cancel, and a driver waits for that answer."""

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")
LOOK_EVERY = 0.1  # seconds: how late a deadline that came nearer is noticed
_given_up: set[asyncio.Task[Any]] = set()  # told to end, and held until they do


class Overdue(Exception):
    """There was no answer in time; the work was told to end, and nobody waits for it."""


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """What the work returns or raises. Errors: :class:`Overdue`."""
    until = monotonic() + seconds
    return await while_left(lambda: until - monotonic(), work)


async def while_left(left: Callable[[], float], work: Coroutine[Any, Any, T]) -> T:
    """The same with a deadline that the work may move, nearer too: ``left`` says how many seconds it has."""
    task = asyncio.create_task(work)
    try:
        while (seconds := left()) > 0:
            done, _ = await asyncio.wait({task}, timeout=min(seconds, LOOK_EVERY))
            if done:
                return task.result()
    except asyncio.CancelledError:
        _give_up(task)
        raise
    _give_up(task)
    raise Overdue


def _give_up(task: asyncio.Task[Any]) -> None:
    task.cancel()
    _given_up.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[Any]) -> None:
    _given_up.discard(task)
    if not task.cancelled():
        task.exception()  # nobody asks any more; asyncio would complain of an error that was never looked at
