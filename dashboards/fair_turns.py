"""Who may ask the database next: some at once, of one client no more than its share, and of those who wait each client
in turn. So fifty slow questions of one leave room for another's quick one."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from starlette.types import Scope

CLIENT: ContextVar[str] = ContextVar("client", default="")  # whose request this task answers
WAITS = 8.0  # seconds for a turn
LONGEST_QUEUE = 100  # of one client


def client_of(scope: Scope) -> str:
    """The address that asks; behind a proxy on this machine, the one that it names (uvicorn reads it)."""
    client = scope.get("client")
    return str(client[0]) if client else ""


class NoTurn(Exception):
    """Too many ask; ask again."""


class Turns:
    """``places`` at once, ``share`` of them at most for one client."""

    def __init__(self, places: int, share: int, waits: float = WAITS) -> None:
        self._places, self._share, self._seconds = places, share, waits
        self._busy: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def one(self, client: str) -> AsyncIterator[None]:
        """Raises :class:`NoTurn`."""
        await self._take(client)
        try:
            yield
        finally:
            self._busy[client] -= 1
            if not self._busy[client]:
                del self._busy[client]
            self._give()

    async def _take(self, client: str) -> None:
        if client not in self._queues and self._free(client):
            self._busy[client] += 1
            return
        queue = self._queues.setdefault(client, deque())
        if len(queue) >= LONGEST_QUEUE:
            raise NoTurn
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            async with asyncio.timeout(self._seconds):
                await turn
        except BaseException as exc:
            if turn.done() and not turn.cancelled():  # it was given in the same moment
                self._busy[client] -= 1
                self._give()
            self._leave(client, turn)
            if isinstance(exc, TimeoutError):
                raise NoTurn from exc
            raise

    def _free(self, client: str) -> bool:
        return self._busy.total() < self._places and self._busy[client] < self._share

    def _give(self) -> None:
        """To each client that waits in turn, as long as there are places."""
        given = True
        while given:
            given = False
            for client in list(self._queues):
                queue = self._queues[client]
                if self._free(client):
                    turn = queue.popleft()
                    if not turn.done():
                        self._busy[client] += 1
                        turn.set_result(None)
                    given = True
                    if queue:
                        self._queues.move_to_end(client)
                    else:
                        del self._queues[client]

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(client)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[client]
