"""Screens whose reading does what a test wants on the real database, and a hub that keeps them live."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any

import psutil
from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from dashboards import periods
from dashboards.access.settings import SignIn
from dashboards.background_reads import Survey
from dashboards.figures.headline import Rule
from dashboards.hub import CONNECTIONS, LOCK_PATIENCE, PATIENCE, Hub
from dashboards.live_views import ReadingLane
from dashboards.readers.database import Database, Snapshot, utc_now
from dashboards.readers.snapshot import Feeding, Ground, Selection
from dashboards.readers.snapshot import unread as unread_ground
from dashboards.screens.screen import Screen
from dashboards.settings import ScreensSettings
from dashboards.source_silence import Condition, State
from infra.endpoints import DatabaseUrls
from infra.home import Home
from schemas.json_text import decode

SLOW_PATIENCE = 3.0


def screen(sql: str) -> Screen:
    """A screen that asks this, and shows in which state it is and who is to blame."""

    async def read(snapshot: Snapshot, known: Feeding, view: Selection, _: ScreensSettings) -> Ground:
        conn, as_of = snapshot
        await conn.execute(sql.encode())
        return Ground(view, as_of, as_of, Condition(State.LIVE), known, periods.named(view.period, as_of))

    def render(live: Ground, _: ScreensSettings, __: Rule | None) -> tuple[dict[str, dict[str, Any]], Rule]:
        condition = live.condition
        return {"state": {"children": f"{condition.state.value} {condition.who}".rstrip()}}, Rule.USUAL

    def unread(view: Selection, as_of: Any, condition: Condition) -> Ground:
        return unread_ground(view, as_of, condition, Ground)

    return Screen(render, lambda view, parts: None, read, unread)


class Watching:
    """What one viewer was sent."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.moments: list[float] = []

    async def follow(self, snapshots: AsyncIterator[bytes], now: Callable[[], float]) -> None:
        async for event in snapshots:
            body = decode(event.split(b"data: ", 1)[1])
            self.states.append(body["parts"]["state"]["children"])
            self.moments.append(now())

    async def until(self, state: str, seconds: float) -> float:
        """How long it took until this was shown last."""
        began = asyncio.get_running_loop().time()
        while not self.states or self.states[-1] != state:
            waited = asyncio.get_running_loop().time() - began
            assert waited < seconds, (state, self.states[-5:])
            await asyncio.sleep(0.02)
        return asyncio.get_running_loop().time() - began


@contextlib.asynccontextmanager
async def running(database: DatabaseUrls, asking: dict[str, str], **changes: Any) -> AsyncIterator[Hub]:
    """A hub over these screens, which looks often."""
    often = {"look_every": timedelta(seconds=0.1), "refresh_every": timedelta(seconds=0.3), **changes}
    settings = ScreensSettings(database_screens=SecretStr(database.screens), sign_in=SignIn.DEMO, **often)
    screens = {name: screen(sql) for name, sql in asking.items()}
    opened = Database(database.screens, name="test", size=CONNECTIONS, lock_timeout=LOCK_PATIENCE)
    async with opened:
        hub = Hub(
            opened,
            settings,
            utc_now,
            Survey(opened),
            screens=screens,
            patience={**PATIENCE, ReadingLane.SLOW: SLOW_PATIENCE},
        )
        loop = asyncio.create_task(hub.run())
        try:
            yield hub
            assert not loop.done(), loop.exception()
        finally:
            hub.end()
            loop.cancel()
            await asyncio.gather(loop, return_exceptions=True)


@contextlib.asynccontextmanager
async def watching(hub: Hub, *names: str, client: str = "") -> AsyncIterator[dict[str, Watching]]:
    """A viewer for each screen."""
    seen = {name: Watching() for name in names}
    now = asyncio.get_running_loop().time
    tasks = [asyncio.create_task(one.follow(hub.watch(Selection(name), client), now)) for name, one in seen.items()]
    try:
        yield seen
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def locked(database: DatabaseUrls, table: str) -> AsyncIterator[None]:
    async with await AsyncConnection.connect(database.migrate) as conn:
        await conn.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        yield


@contextlib.asynccontextmanager
async def withheld(database: DatabaseUrls, table: str) -> AsyncIterator[None]:
    """A table that the screens may not read meanwhile: their questions of it are refused."""
    async with await AsyncConnection.connect(database.migrate, autocommit=True) as conn:
        await conn.execute(SQL("REVOKE SELECT ON {} FROM screens").format(Identifier(table)))
        try:
            yield
        finally:
            await conn.execute(SQL("GRANT SELECT ON {} TO screens").format(Identifier(table)))


@contextlib.contextmanager
def frozen(home: Home) -> Iterator[None]:
    """PostgreSQL with all its processes, stopped as by SIGSTOP or a hung disk."""
    first = (home.postgres / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
    postmaster = psutil.Process(int(first))
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.suspend()
    try:
        yield
    finally:
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.resume()
