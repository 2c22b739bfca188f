"""A real browser on the real server on the real database, at a clock that the test sets."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from schemas.province import ZONE
from tests.screens import sample
from tests.settings import REPOSITORY

NOW = datetime(2026, 11, 24, 14, 32, tzinfo=ZONE).astimezone(UTC)  # where every test's clock begins: a Tuesday
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip
FIT = (Path(__file__).parent / "fit.js").read_text()
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
    server: subprocess.Popen[bytes]
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


def start_server(port: int, url: str, now: datetime, output: Path) -> subprocess.Popen[bytes]:
    with output.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.screens.serve", str(port), url, str(now.timestamp())],
            cwd=REPOSITORY,
            stdout=log,
            stderr=log,
        )


def wait_until_serving(port: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"nothing serves on {port}")


@pytest.fixture
def screens(database: DatabaseUrls, tmp_path: Path) -> Iterator[Screens]:
    """The server over an empty database."""
    port, started = free_port(), time.time()
    output = tmp_path / "screens.log"
    server = start_server(port, database.screens, NOW, output)
    running = Screens(port, database, server, started, output)
    try:
        wait_until_serving(port)
        yield running
        assert running.stopped or server.poll() is None, output.read_text()
    finally:
        running.db.close()
        running.server.terminate()
        running.server.wait(10)


@pytest.fixture
def filled(screens: Screens) -> Screens:
    """The same with some weeks of a simulated province, live."""
    rows = sample.province(NOW, per_day=130)
    sample.write(screens.db, rows, NOW)
    sample.audited(screens.db, NOW - timedelta(minutes=2), len(rows))
    screens.alive()
    return screens


@pytest.fixture
def longest(screens: Screens) -> Screens:
    """The same with the longest names."""
    rows = sample.province(NOW, units=sample.LONGEST, per_day=130)
    sample.write(screens.db, rows, NOW)
    sample.audited(screens.db, NOW - timedelta(minutes=2), len(rows))
    screens.alive()
    return screens


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@dataclass
class Watched:
    """A page, with everything it complained of and everywhere it asked."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def fit(self, floor: float) -> list[str]:
        """What is too small, cut, overlapping, outside or hard to touch."""
        self.page.evaluate("document.fonts.ready")
        found: list[str] = self.page.evaluate(FIT, floor)
        return found

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text().replace("\u00a0", " ")

    def wait_for(self, selector: str, holds: Callable[[str], bool], seconds: float = 15) -> str:
        """The element's text once this holds. (Playwright's own waiting for a function is refused by our CSP.)"""
        deadline = time.monotonic() + seconds
        while True:
            text = self.text(selector)
            if holds(text):
                return text
            assert time.monotonic() < deadline, f"{selector} says {text!r}"
            self.page.wait_for_timeout(100)

    def wait_text(self, selector: str, words: str, seconds: float = 15) -> str:
        """Until the element says it."""
        return self.wait_for(selector, lambda text: words in text, seconds)


Look = Callable[..., Watched]  # opens an address at a size
Keep = Callable[[Watched, str], None]  # keeps a page's picture under a name


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Opens an address at a size and waits for its screen; after the test, no page may have complained or asked
    anywhere but its own server."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def at(url: str, size: str = "wall", *, live: bool = True) -> Watched:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        seen = Watched(page)
        watched.append(seen)
        page.on("console", lambda message: _note(seen, message.type, message.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("request", lambda request: seen.asked.add(_origin(request.url)))
        page.goto(url)
        page.wait_for_selector(".screen")
        if live:
            page.wait_for_selector("html[data-live=live]")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)
        return seen

    yield at
    for seen in watched:
        assert seen.complaints == []
        assert {origin for origin in seen.asked if not origin.startswith(("data:", "blob:"))} <= {
            _origin(seen.page.url)
        }
    for context in contexts:
        context.close()


@pytest.fixture
def picture() -> Keep:
    """Keeps a picture of the page in docs/screens, when asked to."""
    wanted = PictureSettings().pictures

    def keep(seen: Watched, name: str) -> None:
        if wanted:
            PICTURES.mkdir(exist_ok=True)
            seen.page.screenshot(path=PICTURES / f"{name}.png")

    return keep


def _note(seen: Watched, kind: str, text: str) -> None:
    # A stream that a test cuts is reported by the browser itself; that is the state under test.
    if kind in ("error", "warning") and "ERR_CONNECTION_REFUSED" not in text and "ERR_INCOMPLETE_CHUNKED" not in text:
        seen.complaints.append(f"{kind}: {text}")


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/')[0]}" if rest else f"{scheme.split(':')[0]}:"
