"""Readings on their way to the record: those that come while others are written are written together, with one commit.

The chain has no fork, so writers wait for each other, and each commit waits for the disk. Whoever reads still waits
until his own row is written.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from dashboards.readers.database import Database, Unanswerable
from dashboards.readers.queries import query
from schemas.sqlstates import NotRead

MOST_AT_ONCE = 200
Told = Mapping[str, Any]


class ReadingsWritten:
    """One for a record. ``told``: what ``access/record`` is told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Told, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, told: Told) -> None:
        """Raises :class:`schemas.sqlstates.NotRead`."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((told, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="readings")
        await written

    async def _write_all(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                await self._write([told for told, _ in some])
            except Unanswerable as exc:  # one of them: that is nobody else's fault
                for one in some:
                    await self._alone(one, exc if len(some) == 1 else None)
            except BaseException as exc:
                for _, written in (*some, *self._waiting):
                    _failed(written, exc if isinstance(exc, NotRead) else NotRead("not written"))
                self._waiting = []
                if not isinstance(exc, NotRead):
                    raise
            else:
                for _, written in some:
                    if not written.done():
                        written.set_result(None)

    async def _alone(self, one: tuple[Told, "asyncio.Future[None]"], failed: NotRead | None) -> None:
        told, written = one
        try:
            if failed is None:
                await self._write([told])
        except NotRead as exc:
            failed = exc
        if failed is not None:
            _failed(written, failed)
        elif not written.done():
            written.set_result(None)

    async def _write(self, rows: list[Told]) -> None:
        async with self._database.committing() as (conn, _), conn.cursor() as cursor:
            await cursor.executemany(query("access/record"), rows)


def _failed(written: "asyncio.Future[None]", exc: Exception) -> None:
    if not written.done():
        written.set_exception(exc)
