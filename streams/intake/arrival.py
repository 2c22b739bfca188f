"""Whether events have reached the tables, read from the tables alone.

Looks by polling, on a connection that is made again when it is lost: workers and database may be restarted meanwhile.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple, ParamSpec, Self, TypeVar

from streams.books.book import Connection
from streams.broker import Identity
from streams.column_arrays import array
from streams.decode import CASE
from streams.errors import Retry
from streams.queries import QUERIES
from streams.store import connect, wrapped

EVERY_S = 0.25
P = ParamSpec("P")
T = TypeVar("T")
Named = tuple[str, str, str, int, bytes]  # source, id, subject, time and digest of a version of an event


class ArrivalCounts(NamedTuple):
    """What became of a source's events."""

    new: int
    duplicates: int
    rejected: int

    def since(self, before: "ArrivalCounts") -> "ArrivalCounts":
        return ArrivalCounts(*(after - earlier for after, earlier in zip(self, before, strict=True)))


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

    async def counts(self, source: str) -> ArrivalCounts:
        return ArrivalCounts(*(await self._rows("intake/source", self._key | {"source": source}))[0])

    async def histories(self, domain: str, subjects: Sequence[str]) -> list[tuple[str, str]]:
        """Subject and history of those of these that have one."""
        return await self._rows(
            f"intake/histories_of_{_books(domain)}", {"domain": domain, "subjects": array(subjects)}
        )

    async def came_since(
        self, domain: str, named: Sequence[Named], since: Mapping[int, int]
    ) -> list[tuple[str, bytes]]:
        """Subject and digest of those of these versions (at least one) that this topic brought at or behind ``since``,
        by partition."""
        source, id, subject, time, digest = zip(*named, strict=True)
        columns = {"source": array(source), "id": array(id), "subject": array(subject), "time": array(time)}
        places = [since.get(partition, 0) for partition in range(max(since, default=0) + 1)]
        bounds = {"first": min(time), "last": max(time), "since": array(places), "topic_id": self._key["topic_id"]}
        parameters = {"domain": domain, "digest": list(digest), **columns, **bounds}
        return await self._rows(f"intake/came_since_of_{_books(domain)}", parameters)

    async def conflicts(self, domains: Sequence[str]) -> int:
        """How many versions of events of these domains did not count, in all."""
        of_subjects = [domain for domain in domains if domain != CASE]
        found = 0
        if CASE in domains:
            found += (await self._rows("intake/conflicts_of_cases", {}))[0][0]
        if of_subjects:
            found += (await self._rows("intake/conflicts_of_subjects", {"domains": array(of_subjects)}))[0][0]
        return found

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


def _books(domain: str) -> str:
    return "cases" if domain == CASE else "subjects"


async def patiently(ask: Callable[P, Awaitable[T]], *given: P.args, **named: P.kwargs) -> T:
    """The answer, however long the database is away."""
    while True:
        try:
            return await ask(*given, **named)
        except Retry:
            await asyncio.sleep(EVERY_S)


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
