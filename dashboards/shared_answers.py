"""One question asked of the database once, however many ask it at the same moment."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from time import monotonic
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Whoever asks within ``seconds`` of the first has the first one's answer. A failure is not kept. A question does
    not end with the one who asked first."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._asked: dict[Hashable, tuple[float, asyncio.Task[T]]] = {}

    async def answer(self, question: Hashable, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        now = self._clock()
        for known, (until, task) in list(self._asked.items()):
            if task.done() and (now >= until or task.cancelled() or task.exception() is not None):
                del self._asked[known]
        if question not in self._asked:
            self._asked[question] = (now + self._seconds, asyncio.create_task(ask()))
        return await asyncio.shield(self._asked[question][1])
