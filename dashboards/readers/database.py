"""The database as a process of ours sees it: a small pool, snapshots, and one error for "it is away"."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import IsolationLevel, sql
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from schemas.disk_room import POSTGRES, is_full
from schemas.sqlstates import NotRead, disk_full, passes

Connection = psycopg.AsyncConnection[TupleRow]
Clock = Callable[[], datetime]
SILENT_AFTER = 2  # seconds; libpq knows no shorter time


class Unavailable(NotRead):
    """The database cannot be asked just now; ask again."""


class TooSlow(Unavailable):
    """This question was given up: it took too long, or waited for a lock; others may be answered meanwhile."""


class Unanswerable(NotRead):
    """The database refuses this question, whoever asks and however often."""


class Snapshot(NamedTuple):
    """Everything read over ``conn`` is of one moment; ``as_of`` is that moment, for what depends on the clock."""

    conn: Connection
    as_of: datetime


class SharedMoment(NamedTuple):
    """A snapshot that is held open, by PostgreSQL's name of it: other connections may read the very same."""

    snapshot: str
    as_of: datetime


@contextmanager
def driver_errors() -> Iterator[None]:
    """The one place where the driver's errors become ours."""
    try:
        yield
    except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable) as exc:
        raise TooSlow("the question was given up") from exc
    except psycopg.Error as exc:
        if passes(exc):
            raise Unavailable("the database is away") from exc
        raise Unanswerable("the database refuses the question") from exc


def by_full_disk(exc: Exception, home: Path | None) -> bool:
    """Whether a question got no answer because the disk is full: by the server's word, or by what is left on the disk
    of the home's own PostgreSQL."""
    return disk_full(exc) or (home is not None and is_full(home, POSTGRES))


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """A pool with the rights of one role. Opening it waits for nothing: while the database is away each use raises
    :class:`Unavailable` after ``patience`` seconds, and the first use after it is back works. ``clock_offset_s`` says
    by how much ``clock`` differs from the real time, in which our machinery's own moments are stored."""

    def __init__(
        self,
        url: str,
        *,
        name: str,
        clock: Clock = utc_now,
        clock_offset_s: int = 0,
        size: int = 4,
        patience: float = 2.0,
        statement_timeout: float = 10.0,
        lock_timeout: float = 0.0,
        search_path: str = "public",
    ) -> None:
        self._url, self._clock = url, clock
        self._patience = patience
        self._pool = AsyncConnectionPool(
            url,
            kwargs={
                "autocommit": True,
                "application_name": name,
                "connect_timeout": max(2, round(patience)),
                # Plans for the very parameters: a generic one does not know that a filter is off or a period short.
                "options": f"-c statement_timeout={round(statement_timeout * 1000)}"
                f" -c lock_timeout={round(lock_timeout * 1000)} -c timezone=UTC"
                " -c plan_cache_mode=force_custom_plan"
                f" -c ioc.clock_offset_s={clock_offset_s} -c search_path={search_path}",
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
            },
            min_size=1,
            max_size=size,
            open=False,
            name=name,
            check=AsyncConnectionPool.check_connection,
            reconnect_timeout=5,  # pauses between attempts double within this span; the next use begins a new one
        )

    async def open(self) -> None:
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close(timeout=2)

    async def __aenter__(self) -> "Database":
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def silent(self) -> bool:
        """Whether the server takes a connection and then says nothing, neither yes nor no."""
        try:
            conn = await psycopg.AsyncConnection.connect(self._url, connect_timeout=SILENT_AFTER)
        except psycopg.errors.ConnectionTimeout:
            return True
        except psycopg.Error:
            return False
        await conn.close()
        return False

    @asynccontextmanager
    async def snapshot(
        self, units: Sequence[str] = (), *, accounts: bool = False, moment: SharedMoment | None = None
    ) -> AsyncIterator[Snapshot]:
        """One ``REPEATABLE READ READ ONLY`` transaction; ``units``: what rows' security is to let through, of the role
        ``units``; ``accounts``: those of look-ups by name, not as hashes; ``moment``: that of others. Errors:
        :class:`NotRead`."""
        async with self._transaction(units, accounts, read_only=True, moment=moment) as snapshot:
            yield snapshot

    @asynccontextmanager
    async def held(self) -> AsyncIterator[tuple[Snapshot, SharedMoment]]:
        """A snapshot that others may read too, as long as this is open. Errors: :class:`NotRead`."""
        async with self.snapshot() as snapshot:
            row = await (await snapshot.conn.execute("SELECT pg_export_snapshot()")).fetchone()
            assert row is not None  # noqa: S101  a SELECT without FROM has a row
            yield snapshot, SharedMoment(row[0], snapshot.as_of)

    @asynccontextmanager
    async def writing(self, units: Sequence[str] = (), *, accounts: bool = False) -> AsyncIterator[Snapshot]:
        """The same, but may write: for :mod:`dashboards.readers.openings` only. Errors: :class:`NotRead`."""
        async with self._transaction(units, accounts, read_only=False) as snapshot:
            yield snapshot

    @asynccontextmanager
    async def committing(self) -> AsyncIterator[Snapshot]:
        """A transaction in which each statement sees what others have committed: for what is written one after the
        other (:mod:`dashboards.access`). Errors: :class:`NotRead`."""
        async with self._transaction((), False, read_only=False, isolation=IsolationLevel.READ_COMMITTED) as snapshot:
            yield snapshot

    @asynccontextmanager
    async def _transaction(
        self,
        units: Sequence[str],
        accounts: bool,
        *,
        read_only: bool,
        isolation: IsolationLevel = IsolationLevel.REPEATABLE_READ,
        moment: SharedMoment | None = None,
    ) -> AsyncIterator[Snapshot]:
        with driver_errors():
            async with self._pool.connection(timeout=self._patience) as conn:
                await conn.set_isolation_level(isolation)
                await conn.set_read_only(read_only)
                async with conn.transaction():
                    if moment is not None:
                        await _taken_over(conn, moment)
                    if units:
                        await conn.execute("SELECT set_config('ioc.units', %s, true)", [",".join(units)])
                    if accounts:
                        await conn.execute("SELECT set_config('ioc.accounts', 'named', true)")
                    yield Snapshot(conn, self._clock() if moment is None else moment.as_of)


async def _taken_over(conn: Connection, moment: SharedMoment) -> None:
    try:
        await conn.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(moment.snapshot))
    except (psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue) as exc:
        raise Unavailable("who held that snapshot is gone") from exc
