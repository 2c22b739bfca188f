"""A page that remembers what it complained of, whom it asked and which of its charts was ever wrong."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

WALL = ViewportSize(width=1920, height=1080)
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
# Every frame of a page's first seconds, and later a few a second, are looked at for a chart that is wrong.
WATCH = """const fit = %s; window.wrongCharts = []; (function look() {
  const found = document.body ? fit(0) : [];
  window.wrongCharts.push(...found.filter((one) => !window.wrongCharts.includes(one)));
  if (performance.now() < 4000) requestAnimationFrame(look); else setTimeout(look, 250);
})();""" % FIT.strip().removesuffix(";")  # noqa: UP031  the script is full of braces


@dataclass
class Watched:
    """A page, with everything it complained of and everywhere it asked."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

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
        self.page.wait_for_timeout(300)

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
