"""A page that remembers what it complained of, whom it asked and which of its charts was ever wrong."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, Request, ViewportSize

WALL = ViewportSize(width=1920, height=1080)
SETTLED_MS = 120  # a chart is drawn a few frames after its numbers
FLOOR = 44.0  # px of its smallest letters
WINDOWS = ((1920, 937), (1366, 768))  # a browser with its bars on such a screen; a laptop's screen
IS_SHEET = "document.documentElement.dataset.sheet === '1'"
FIT = (Path(__file__).parent / "fit.js").read_text()
# Nothing but this on the page, as long as it needs, in the page's own styles.
LAY = """async (html) => {
  document.documentElement.dataset.sheet = "1";
  const style = document.createElement("style");
  style.textContent = "html[data-sheet] .sheet{height:auto;overflow:visible;display:block}" +
    "html[data-sheet] .sheet main{height:auto;overflow:visible} html[data-sheet] .sheet .list{overflow:visible}" +
    "html.tablet[data-sheet] .sheet main{display:block}";
  document.head.append(style);
  document.body.innerHTML = "<div class='screen sheet'>" + html + "</div>";
  await document.fonts.ready;
}"""
# Ten frames a second of a page's first seconds, and later two, are looked at for a chart that is wrong. Not every one:
# a look takes as long as a frame, and would be most of what the browser does.
WATCH = """const fit = %s; window.wrongCharts = []; (function look() {
  const found = document.body ? fit(0) : [];
  window.wrongCharts.push(...found.filter((one) => !window.wrongCharts.includes(one)));
  setTimeout(() => requestAnimationFrame(look), performance.now() < 4000 ? 100 : 500);
})();""" % FIT.strip().removesuffix(";")  # noqa: UP031  the script is full of braces


def origin_of(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/')[0]}" if rest else f"{scheme.split(':')[0]}:"


@dataclass
class Watched:
    """A page, with everything it complained of and everywhere it asked."""

    page: Page
    size: tuple[int, int]
    complaints: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def listen(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)

    def listen_no_more(self) -> None:
        self.page.remove_listener("console", self._said)
        self.page.remove_listener("pageerror", self._failed)
        self.page.remove_listener("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # A stream that a test cuts is reported by the browser itself; that is the state under test.
        cut = "ERR_CONNECTION_REFUSED" in message.text or "ERR_INCOMPLETE_CHUNKED" in message.text
        if message.type in ("error", "warning") and not cut:
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _asked(self, request: Request) -> None:
        self.asked.add(origin_of(request.url))

    def fit(self, floor: float) -> list[str]:
        """What is too small, cut, overlapping, outside or hard to touch; of a wall also in the windows of a browser."""
        self.page.evaluate("document.fonts.ready")
        found: list[str] = self.page.evaluate(FIT, floor)
        if floor == FLOOR and self.page.viewport_size == WALL and not self.page.evaluate(IS_SHEET):
            for width, height in WINDOWS:
                self.page.set_viewport_size({"width": width, "height": height})
                smallest = floor * min(height / WALL["height"], width / WALL["width"])
                found += [f"{width}x{height} {fault}" for fault in self.page.evaluate(FIT, smallest)]
            self.page.set_viewport_size(WALL)
        return found

    def wrong_charts(self) -> list[str]:
        """What was wrong of a chart in any frame since the page was loaded."""
        found: list[str] = self.page.evaluate("window.wrongCharts || []")
        return found

    def lay(self, html: str) -> None:
        """Only this, instead of the screen."""
        self.page.evaluate(LAY, html)

    def turn_to(self, url: str) -> None:
        """To another address, whose screen it waits for: what the browser has loaded stays loaded."""
        assert self.wrong_charts() == []
        self.page.goto(url)
        self.page.wait_for_selector(".screen")
        self.page.wait_for_selector("html[data-live=live]")
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_timeout(SETTLED_MS)

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
