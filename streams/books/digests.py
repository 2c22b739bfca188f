"""The book of what sources say that they have sent. Insert-only: there is nothing to fold and nothing to lock."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from schemas.digests import Digest
from schemas.topics import declared
from streams.books.book import Connection, counted
from streams.decode import Accepted
from streams.queries import QUERIES


class DigestBook:
    def taking(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> "DigestTaking":
        return DigestTaking(connection, name, accepted)


class DigestTaking:
    """See :class:`streams.books.book.Taking`."""

    def __init__(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> None:
        self.fresh: Mapping[str, int] = {}
        self._connection = connection
        self._contract = declared(name["topic"]).contract
        self._accepted = accepted

    async def ask(self) -> None:
        said = [Digest.model_validate_json(a.data) for a in self._accepted]
        self._inserted = await self._connection.execute(
            QUERIES["shared/digest_insert"],
            {
                "contract": self._contract,
                "source": [a.entry.source for a in self._accepted],
                "id": [a.entry.id for a in self._accepted],
                "time": [a.entry.time for a in self._accepted],
                "digest": [a.digest for a in self._accepted],
                "day": [d.day for d in said],
                "unit": [d.unit or "" for d in said],
                "part": [d.part for d in said],
                "parts": [d.parts for d in said],
                "count": [d.count for d in said],
                "hash": [d.hash for d in said],
                "ids": [None if d.ids is None else msgspec.json.encode(d.ids).decode() for d in said],
            },
        )

    async def hear(self) -> None:
        self.fresh = counted(await self._inserted.fetchall())

    def fold(self) -> None: ...

    async def write(self) -> None: ...
