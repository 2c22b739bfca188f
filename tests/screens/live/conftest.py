"""The screens' own server as a process that may be taken away, and rows at a moment of the test's own."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from psycopg import sql

from infra.endpoints import DatabaseUrls, own_url
from infra.home import Home
from tests.screens import sample
from tests.screens.live.browser import WALL, Size, Viewer
from tests.screens.live.server import Server
from tests.screens.page_pool import PagePool

NOW = datetime(2026, 11, 24, 7, 32, 5, tzinfo=UTC)  # a Tuesday, 14:32 in the province
UNHEARD = ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE")


class Look(Protocol):
    def __call__(
        self, server: Server, path: str, size: Size = ..., *, cut_off: bool = ..., live: bool = ...
    ) -> Viewer: ...


@pytest.fixture
def look(page_pool: PagePool) -> Iterator[Look]:
    """Opens a page; after the test none may have asked outside or complained. ``cut_off``: the test takes the server
    away, which a browser does complain of."""
    opened: list[tuple[Viewer, bool]] = []

    def open_page(server: Server, path: str, size: Size = WALL, *, cut_off: bool = False, live: bool = True) -> Viewer:
        viewer = Viewer(page_pool, server.origin, size)
        opened.append((viewer, cut_off))
        viewer.open(path, live=live)
        return viewer

    yield open_page
    for viewer, cut_off in opened:
        viewer.close(expected=lambda error: cut_off and any(word in error for word in UNHEARD))  # noqa: B023


class Serve(Protocol):
    def __call__(self, database: DatabaseUrls, start: datetime | None = ..., **settings: str) -> Server: ...


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts the screens' server on a database; ``serve(database, NOW, IOC_FEEDS=…)``."""
    servers: list[Server] = []

    def begin(database: DatabaseUrls, start: datetime | None = NOW, **settings: str) -> Server:
        server = Server(database.screens, tmp_path / f"screens-{len(servers)}.log", start, settings)
        servers.append(server)
        server.up()
        return server

    yield begin
    for server in servers:
        server.down()


@pytest.fixture
def rows(database: DatabaseUrls) -> Iterator[psycopg.Connection]:
    """The test's database, as a superuser of it writes rows by hand."""
    with psycopg.connect(database.migrate, autocommit=True) as conn:
        yield conn


Fill = Callable[..., None]


@pytest.fixture
def fill(rows: psycopg.Connection) -> Fill:
    """Some weeks of cases up to :data:`NOW`, a source that has just sent, a worker that lives, an audit."""

    def write(units: Sequence[str] = sample.UNITS, *, per_day: int = 60, beat: bool = True) -> None:
        cases = sample.province(NOW, units=units, per_day=per_day)
        with rows.transaction():
            sample.write(rows, cases, NOW)
        sample.audited(rows, NOW - timedelta(minutes=2), len(cases))
        if beat:  # far ahead: nobody beats while the test looks
            sample.beat(rows, NOW + timedelta(hours=1))

    return write


Away = Callable[[], contextlib.AbstractContextManager[None]]


@pytest.fixture
def away(home: Home, database: DatabaseUrls) -> Away:
    """Takes the test's database away from everybody for a while: nobody may connect, and nobody is connected."""
    name = database.screens.rpartition("/")[2]

    def allow(conn: psycopg.Connection, answer: bool) -> None:
        conn.execute(
            sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(sql.Identifier(name), sql.Literal(answer))
        )

    @contextlib.contextmanager
    def gone() -> Iterator[None]:
        with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as conn:
            allow(conn, False)
            conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            try:
                yield
            finally:
                allow(conn, True)

    return gone


class ServePeople(Protocol):
    def __call__(self, **settings: str) -> Server: ...


@pytest.fixture
def people(database: DatabaseUrls, serve: Serve, fill: Fill) -> ServePeople:
    """The screens on which people sign in."""

    def begin(**settings: str) -> Server:
        fill()
        access = {"IOC_SIGN_IN": "accounts", "IOC_DATABASE_ACCESS": database.access}
        return serve(database, NOW, **access, IOC_DATABASE_UNITS=database.units, **settings)

    return begin
