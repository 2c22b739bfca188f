"""A real browser on the real server on the real database, at a clock that the test sets."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.endpoints import DatabaseUrls
from infra.home import Home
from infra.ports import free_port
from schemas.province import ZONE
from tests.conftest import own_database
from tests.screens import sample
from tests.screens.forked import OUTSIDE, ForkedServer
from tests.screens.page_pool import PagePool
from tests.screens.watched import SETTLED_MS, Watched, origin_of
from tests.settings import REPOSITORY

NOW = datetime(2026, 11, 24, 14, 32, tzinfo=ZONE).astimezone(UTC)  # where every test's clock begins: a Tuesday
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip
PICTURES = REPOSITORY / "docs" / "screens"
SIZES = {
    "wall": (1920, 1080),
    "wall-2560x1080": (2560, 1080),
    "wall-3840x2160": (3840, 2160),
    "tablet-ngang": (1024, 768),
    "tablet-doc": (768, 1024),
}


class PictureSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_TEST_", frozen=True, extra="ignore")

    pictures: bool = False  # write docs/screens anew (make screens)


@dataclass
class Screens:
    """The running server, its database, and a clock that runs on from ``NOW``."""

    port: int
    database: DatabaseUrls
    server: ForkedServer
    started: float
    output: Path
    stopped: bool = False  # by the test itself
    db: psycopg.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.db = psycopg.connect(self.database.migrate, autocommit=True)

    def now(self) -> datetime:
        """The server's time."""
        return NOW + timedelta(seconds=time.time() - self.started)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def alive(self, *, source: bool = True) -> None:
        """A heartbeat far ahead, so that no test has to beat; a record from just now."""
        sample.beat(self.db, self.now() + timedelta(hours=1))
        if source:
            sample.receive(self.db, self.now())


def wait_until_serving(port: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"nothing serves on {port}")


_left: list[int] = []  # ports of servers that have ended: a browser still holds the files that it has from there


@contextmanager
def serving(database: DatabaseUrls, folder: Path) -> Iterator[Screens]:
    """The server over this database, until the block ends. It must not have ended by itself."""
    port, started = _left.pop() if _left else free_port(), time.time()
    output = folder / f"screens-{port}.log"
    server = ForkedServer((str(port), database.screens, str(NOW.timestamp())), OUTSIDE, output)
    running = Screens(port, database, server, started, output)
    try:
        wait_until_serving(port)
        yield running
        assert running.stopped or server.poll() is None, output.read_text()
    finally:
        running.db.close()
        running.server.terminate()
        running.server.wait(10)
        _left.append(port)


@pytest.fixture
def screens(database: DatabaseUrls, tmp_path: Path) -> Iterator[Screens]:
    """The server over an empty database."""
    with serving(database, tmp_path) as running:
        yield running


Fill = Callable[[Screens], None]  # writes what a server's screens show


class Shared(Protocol):
    def __call__(self, name: str, *fills: Fill) -> Screens: ...


@pytest.fixture(scope="module")
def shared(home: Home, template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """A server by its name, begun and filled when a test of the file first asks for it: starting and filling one takes
    longer than most tests. Only for tests after which the others see what they would have seen before."""
    begun: dict[str, Screens] = {}
    with ExitStack() as until_the_file_ends:

        def named(name: str, *fills: Fill) -> Screens:
            if name not in begun:
                database = until_the_file_ends.enter_context(own_database(home, template_database))
                folder = tmp_path_factory.mktemp(name)
                begun[name] = until_the_file_ends.enter_context(serving(database, folder))
                for fill in fills:
                    fill(begun[name])
            begun[name].alive(source=False)
            return begun[name]

        yield named


def fill_province(screens: Screens, units: Sequence[str] = sample.UNITS) -> None:
    """Some weeks of a simulated province, live."""
    rows = sample.province(NOW, units=units, per_day=130)
    sample.write(screens.db, rows, NOW)
    sample.audited(screens.db, NOW - timedelta(minutes=2), len(rows))
    screens.alive()


def fill_longest(screens: Screens) -> None:
    """The same with the longest names."""
    fill_province(screens, sample.LONGEST)


@pytest.fixture
def filled(shared: Shared) -> Screens:
    """The server over some weeks of a simulated province, live; shared by the tests of a file."""
    screens = shared("filled", fill_province)
    screens.alive()
    return screens


@pytest.fixture
def longest(shared: Shared) -> Screens:
    """The same with the longest names; shared by the tests of a file."""
    screens = shared("longest", fill_longest)
    screens.alive()
    return screens


@pytest.fixture
def own_filled(screens: Screens) -> Screens:
    """As ``filled``, for a test that changes what stands there."""
    fill_province(screens)
    return screens


@pytest.fixture
def own_longest(screens: Screens) -> Screens:
    """As ``longest``, for a test that changes what stands there."""
    fill_longest(screens)
    return screens


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="package")
def page_pool(browser: Browser) -> PagePool:
    return PagePool(browser)


Look = Callable[..., Watched]  # opens an address at a size
Keep = Callable[[Watched, str], None]  # keeps a page's picture under a name


@pytest.fixture
def look(page_pool: PagePool) -> Iterator[Look]:
    """Opens an address at a size and waits for its screen; after the test, no page may have complained or asked
    anywhere but its own server."""
    watched: list[Watched] = []

    def at(url: str, size: str = "wall", *, live: bool = True) -> Watched:
        page = page_pool.lend(*SIZES[size])
        seen = Watched(page, SIZES[size])
        watched.append(seen)
        seen.listen()
        page.goto(url)
        page.wait_for_selector(".screen")
        if live:
            page.wait_for_selector("html[data-live=live]")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(SETTLED_MS)
        return seen

    yield at
    for seen in watched:
        wrong_charts, own = seen.wrong_charts(), origin_of(seen.page.url)
        seen.listen_no_more()
        page_pool.take_back(seen.page, *seen.size)
        assert seen.complaints == []
        assert wrong_charts == []
        assert {origin for origin in seen.asked if not origin.startswith(("data:", "blob:"))} <= {own}


@pytest.fixture
def picture() -> Keep:
    """Keeps a picture of the page in docs/screens, when asked to."""
    wanted = PictureSettings().pictures

    def keep(seen: Watched, name: str) -> None:
        if wanted:
            PICTURES.mkdir(exist_ok=True)
            seen.page.screenshot(path=PICTURES / f"{name}.png")

    return keep
