"""Browser pages that tests lend from each other: a page that has loaded the screens' scripts once opens the next
address in a quarter of the time, and most of what the suite waits for is a browser."""

from collections import defaultdict

from playwright.sync_api import Browser, Page

from tests.screens.watched import WATCH


class PagePool:
    """Pages by their size. A page of the pool remembers nothing but what a browser keeps of a server's files."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[tuple[int, int], list[Page]] = defaultdict(list)

    def lend(self, width: int, height: int) -> Page:
        if free := self._free[width, height]:
            return free.pop()
        context = self._browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        context.add_init_script(WATCH)
        return context.new_page()

    def take_back(self, page: Page, width: int, height: int) -> None:
        """Its borrower has taken off what it listened with."""
        page.goto("about:blank")  # what it streams ends, and nothing stands that the next could take for its own
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(30_000)
        page.context.clear_cookies()
        self._free[width, height].append(page)
