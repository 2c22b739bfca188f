"""The smallest view, written into a copy of the product, is a wall, a page and an answer like any other."""

from contextlib import ExitStack
from pathlib import Path

import httpx
from playwright.sync_api import Page

from benchmarks.screens_process import serving
from infra.endpoints import DatabaseUrls
from tests.screens.live.browser import TABLET, WALL
from tests.screens.live.conftest import Fill
from tests.screens.page_pool import PagePool
from tests.smallest_view import write_copy


def test_the_smallest_view_is_on_wall_tablet_and_in_the_api(
    database: DatabaseUrls, fill: Fill, page_pool: PagePool, tmp_path: Path
) -> None:
    write_copy(tmp_path)
    fill()
    with ExitStack() as ends:
        screens = ends.enter_context(serving(tmp_path, database, code=tmp_path))
        api = ends.enter_context(serving(tmp_path, database, "dashboards.api", code=tmp_path))
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
