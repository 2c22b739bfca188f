"""The smallest view, written into a copy of the product, is a wall, a page and an answer like any other."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Page

from infra.endpoints import DatabaseUrls
from tests.screens.live.browser import TABLET, WALL
from tests.screens.live.conftest import Fill
from tests.screens.live.server import free_port
from tests.screens.page_pool import PagePool
from tests.smallest_view import write_copy


@contextmanager
def running(module: str, copy: Path, **settings: str) -> Iterator[str]:
    """A process of the copy; the address at which it answers."""
    port = free_port()
    env = {"LANG": "C.UTF-8", **settings, "IOC_PORT": str(port), "IOC_API_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", module], cwd=copy, env=env)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert process.poll() is None
            try:
                if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def test_the_smallest_view_is_on_wall_tablet_and_in_the_api(
    database: DatabaseUrls, fill: Fill, page_pool: PagePool, tmp_path: Path
) -> None:
    write_copy(tmp_path)
    fill()
    with ExitStack() as ends:
        screens = ends.enter_context(running("dashboards", tmp_path, IOC_DATABASE_SCREENS=database.screens))
        api = ends.enter_context(running("dashboards.api", tmp_path, IOC_DATABASE_API=database.api))
        wall, tablet = page_pool.lend(*WALL[:2]), page_pool.lend(*TABLET[:2])
        try:
            wall.goto(f"{screens}/man-hinh/cho-ky")
            wall.wait_for_selector("html[data-live=live]", state="attached")
            shown(wall, "Chờ ký")
            tablet.goto(f"{screens}/man-hinh/may-tinh-bang/cho-ky")
            tablet.wait_for_selector("main p")
            number = int(tablet.inner_text("main p"))
        finally:
            page_pool.take_back(wall, *WALL[:2])
            page_pool.take_back(tablet, *TABLET[:2])
        assert number > 0
        assert httpx.get(f"{api}/api/v1/smallest").json() == {"signed": number}


def shown(page: Page, words: str) -> None:
    page.wait_for_selector(".lead b, .lead")
    assert words in page.inner_text("header")
    assert "Đã ký" in page.inner_text(".lead")
