"""Whether events have reached the tables, read from the tables alone.

Looks by polling, on a connection that is made again when it is lost: workers and database may be restarted meanwhile.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

from streams.books.book import Connection
from streams.broker import Identity
from streams.errors import Retry
from streams.queries import QUERIES
from streams.store import connect, wrapped

EVERY_S = 0.25


class Counts(NamedTuple):
    """What became of a source's events."""

    new: int
    duplicates: int
    rejected: int

    def since(self, before: "Counts") -> "Counts":
        return Counts(*(after - earlier for after, earlier in zip(self, before, strict=True)))


class Tables:
    """A context: reads of one topic. Every read raises :class:`Retry` while the database is away."""

    def __init__(self, url: str, identity: Identity, topic: str) -> None:
        self._url = url
        self._key = {"cluster_id": identity.cluster_id, "topic_id": identity.topic_ids[topic]}
        self._connection: Connection | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self._drop()

    async def last_beat(self) -> datetime | None:
        """The newest sign of life of any worker."""
        rows = await self._rows("intake/beat", {})
        return rows[0][0] if rows else None

    async def position(self) -> dict[int, int]:
        """The next offset to be taken, by partition."""
        return dict(await self._rows("intake/position", self._key))

    async def counts(self, source: str) -> Counts:
        return Counts(*(await self._rows("intake/source", self._key | {"source": source}))[0])

    async def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[Any]:
        try:
            async with wrapped():
                if self._connection is None or self._connection.closed:
                    self._connection = await connect(self._url)
                cursor = await self._connection.execute(QUERIES[query], parameters)
                return await cursor.fetchall()
        except Retry:
            await self._drop()
            raise

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


class Arrival(NamedTuple):
    """How far it has come: ``taken`` of ``wanted`` records; ``waiting`` says what is away, if anything is."""

    taken: int
    wanted: int
    waiting: str = ""

    @property
    def complete(self) -> bool:
        return self.taken >= self.wanted and not self.waiting


def arrival(position: Mapping[int, int], first: Mapping[int, int], next_: Mapping[int, int]) -> Arrival:
    """Of the records ``[first, next)`` of each partition, how many lie before the tables' position."""
    wanted = sum(next_[partition] - first[partition] for partition in next_)
    taken = sum(min(max(position.get(p, 0), first[p]), next_[p]) - first[p] for p in next_)
    return Arrival(taken, wanted)


async def reached(
    tables: Tables, first: Mapping[int, int], next_: Mapping[int, int], show: Callable[[Arrival], None]
) -> None:
    """Returns when the tables hold every record before ``next_``, however long that takes."""
    last = arrival({}, first, next_)
    while True:
        try:
            last = arrival(await tables.position(), first, next_)
        except Retry as exc:
            last = last._replace(waiting=str(exc))
        show(last)
        if last.complete:
            return
        await asyncio.sleep(EVERY_S)
