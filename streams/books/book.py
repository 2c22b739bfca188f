"""What the store asks of a book. A book takes its events of a span in the store's transaction: it never commits."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import psycopg
from psycopg.rows import TupleRow

from streams.decode import Accepted

Connection = psycopg.AsyncConnection[TupleRow]


class Taking(Protocol):
    """A book's part of one span, in four steps. ``ask`` and ``write`` send statements without waiting for an answer
    (the connection is in pipeline mode); ``hear`` reads the answers of ``ask``; ``fold`` is pure."""

    fresh: Mapping[str, int]  # per source, how many events were new; known after hear()

    async def ask(self) -> None:
        """Inserts the events and locks what they are about, in key order."""

    async def hear(self) -> None:
        """Raises :class:`streams.errors.Stop` where a newer release has written what we are about to fold."""

    def fold(self) -> None: ...

    async def write(self) -> None: ...


class Book(Protocol):
    """Makes takings. ``name`` holds the parameters that name the partition (:func:`streams.span_columns.name`)."""

    def taking(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> Taking: ...


def counted(rows: Sequence[TupleRow]) -> dict[str, int]:
    """Answers of an insert, one ``(source, number)`` a row."""
    return {str(row[0]): int(row[1]) for row in rows}


@asynccontextmanager
async def transaction(connection: Connection) -> AsyncIterator[None]:
    """One, which is committed, or of which nothing is left: whoever uses a book beside the store's spans."""
    await connection.execute("BEGIN")
    try:
        yield
        await connection.execute("COMMIT")
    except BaseException:
        if not connection.closed:
            await connection.execute("ROLLBACK")
        raise
