"""A page as a viewer has it, which remembers every request, error and refusal, and can be asked what it shows."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request

from tests.screens.page_pool import PagePool

FIT = (Path(__file__).parent.parent / "fit.js").read_text()


class Size(NamedTuple):
    width: int
    height: int
    floor: float  # the smallest text that may be on it, in px

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


WALL = Size(1920, 1080, 44)
WALL_4K = Size(3840, 2160, 88)
WALL_WIDE = Size(2560, 1080, 44)
TABLET = Size(1024, 768, 15)
TABLET_UPRIGHT = Size(768, 1024, 15)


class Viewer:
    """One page at one size on one origin."""

    def __init__(self, pool: PagePool, origin: str, size: Size) -> None:
        self._pool, self._lent = pool, (size.width, size.height)
        self.origin, self.size = origin, size
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page: Page = pool.lend(*self._lent)
        self.page.set_default_timeout(15_000)
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.outside.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.type}: {message.text}")

    def _failed(self, error: Error) -> None:
        self.errors.append(str(error))

    def open(self, path: str, *, live: bool = True) -> None:
        """The page at this path, when it shows its first snapshot (or, not live, its text) in its own fonts."""
        self.page.goto(self.origin + path, wait_until="domcontentloaded")
        if live:
            self.page.wait_for_selector("html[data-live=live]", state="attached")
        self.page.wait_for_selector(".screen")
        self.settle()

    def resize(self, size: Size) -> None:
        self.size = size
        self.page.set_viewport_size({"width": size.width, "height": size.height})
        self.settle()

    def settle(self) -> None:
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.wait_for_timeout(300)

    def text(self, selector: str = ".screen") -> str:
        """What stands there, with plain spaces."""
        return re.sub(r"\s+", " ", self.page.inner_text(selector)).strip()

    def says(self, words: str, within: float = 15) -> None:
        """Waits until the screen says these words (without a touch)."""
        plain, deadline = re.sub(r"\s+", " ", words), time.monotonic() + within
        while plain not in (shown := self.text("body")):  # the page's policy forbids Playwright's own waiting
            assert time.monotonic() < deadline, f"not within {within} s: {plain!r} in {shown!r}"
            self.page.wait_for_timeout(200)

    def misfits(self) -> list[str]:
        """What is cut, overlapping, outside, too small or hard to touch."""
        found: list[str] = self.page.evaluate(FIT, self.size.floor)
        return found

    def numbers(self) -> list[dict[str, Any]]:
        """Every number that opens a list: its address, its counter, the count that the list must have."""
        found: list[dict[str, Any]] = self.page.eval_on_selector_all(
            "a[data-count]",
            "all => all.map(e => ({href: e.getAttribute('href'), count: Number(e.dataset.count),"
            " counter: e.dataset.counter, key: e.dataset.k || e.querySelector('[data-k]')?.dataset.k || '',"
            " text: e.innerText, seen: e.getBoundingClientRect().width > 0}))",
        )
        return found

    def picture(self, path: Path, *, css_pixels: bool = True) -> None:
        self.page.screenshot(path=path, scale="css" if css_pixels else "device", animations="disabled")

    def close(self, *, expected: Callable[[str], bool] = lambda _: False) -> None:
        """Nothing may have left the origin, nothing may have been complained of, but for what a test expects."""
        self.page.remove_listener("request", self._asked)
        self.page.remove_listener("console", self._said)
        self.page.remove_listener("pageerror", self._failed)
        self._pool.take_back(self.page, *self._lent)
        assert self.outside == []
        assert [error for error in self.errors if not expected(error)] == []
