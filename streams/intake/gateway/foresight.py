"""Tells a source of some units only at once that what it speaks of is another's, as far as the tables know already.

The same function that the fold uses (:mod:`streams.folds.belonging`), over the histories that a request touches and
the request's own events. While the database is away, or slow, nothing is known: the fold judges what is taken.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

import psycopg
from psycopg.rows import TupleRow

from schemas import history
from schemas.reference.names import NO_NAMES, Names
from schemas.topics import declared
from streams.decode import CASE, Accepted, Decoder
from streams.entries import subjects
from streams.errors import Retry, described
from streams.folds import cases
from streams.folds.belonging import apart
from streams.folds.case_claims import CASES
from streams.folds.registry import FOLDED
from streams.folds.subject_claims import keeper
from streams.intake.gateway.events import GatewayEvent
from streams.queries import QUERIES
from streams.rulebook import Rulebook
from streams.store import connect, wrapped

log = logging.getLogger(__name__)
ANSWER_S = 1.0

Key = tuple[str, str]  # (domain, subject)
Held = Mapping[Key, str]  # histories as they are stored


class Histories(Protocol):
    """What is known of subjects; nothing while that cannot be read."""

    @property
    def names(self) -> Names:
        """What units are called, as of the last answer."""
        ...

    async def renewed(self) -> bool:
        """Whether the names are others than before, now that they were asked for."""
        ...

    async def of(self, keys: Sequence[Key]) -> Held: ...


class _Read:
    """A record of our own as the decoder takes one. Its moment is its own: times were checked before."""

    def __init__(self, value: bytes, milliseconds: int) -> None:
        self.offset = 0
        self.timestamp = milliseconds
        self.value: bytes | None = value


async def foreign_of(records: Sequence[GatewayEvent], histories: Histories, milliseconds: int) -> list[int]:
    """The indices of those that would be outside. ``records`` are of one source of some units only."""
    read = [(index, _accepted(record, milliseconds)) for index, record in enumerate(records)]
    of_key: dict[Key, list[tuple[int, Any]]] = {}
    for index, accepted in read:
        if accepted.domain == CASE or accepted.domain in FOLDED:
            of_key.setdefault((accepted.domain, accepted.subject), []).append((index, accepted.entry))
    held = await histories.of(sorted(of_key))
    names = histories.names
    return sorted(index for key, said in of_key.items() for index in _outside(key, held.get(key, "[]"), said, names))


@cache
def _decoder(topic: str) -> Decoder:
    return Decoder(declared(topic))


def _accepted(record: GatewayEvent, milliseconds: int) -> Accepted:
    return _decoder(record.topic).decode(_Read(record.value, milliseconds))


def _outside(key: Key, held: str, said: Sequence[tuple[int, Any]], names: Names) -> Iterable[int]:
    domain, subject = key
    new = [entry for _, entry in said]
    outside: Sequence[Any]
    if domain == CASE:
        merged, _ = cases.merge(subject, history.decode(held), new)
        outside = apart(subject, merged, CASES, names).outside
    else:
        of = FOLDED[domain]
        entries, _ = subjects.merge(of, subject, subjects.decode(held), new)
        outside = apart(subject, entries, keeper(of), names).outside
    return [index for index, entry in said if entry in outside]


class StoredHistories:
    """Reads them from the database as role ``streams``, one request at a time, each within a second."""

    def __init__(self, url: str, names: Names = NO_NAMES) -> None:
        """``names`` are those of the files: they hold until the database has answered once."""
        self._url = url
        self._names = names
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None
        self._one = asyncio.Lock()
        self._rulebook = Rulebook()

    @property
    def names(self) -> Names:
        return self._rulebook.in_hand.names if self._rulebook.was_read else self._names

    async def renewed(self) -> bool:
        before = self.names
        await self.of(())
        return self.names is not before

    async def of(self, keys: Sequence[Key]) -> Held:
        try:
            async with asyncio.timeout(ANSWER_S), self._one:
                return await self._read(keys)
        except (Retry, TimeoutError) as exc:
            log.info("histories=unknown error=%s", described(exc))
            return {}

    async def _read(self, keys: Sequence[Key]) -> Held:
        try:
            async with wrapped():
                if self._connection is None or self._connection.closed:
                    self._connection = await connect(self._url)
                await self._rulebook.read(self._connection)
                if not keys:
                    return {}
                columns = {"domains": [domain for domain, _ in keys], "subjects": [subject for _, subject in keys]}
                cursor = await self._connection.execute(QUERIES["gateway/histories"], columns)
                return {(domain, subject): events for domain, subject, events in await cursor.fetchall()}
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
