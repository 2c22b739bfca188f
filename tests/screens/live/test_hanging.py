"""PostgreSQL frozen, not gone: every screen says since when reading hangs, open or newly opened, and goes on after."""

import time

from infra.endpoints import DatabaseUrls
from infra.home import Home
from tests.integration.probe_screens import frozen
from tests.screens.live.browser import TABLET
from tests.screens.live.conftest import Fill, Look, Serve

WALL_PATH = "/man-hinh/ho-so"
HOME = "/man-hinh/may-tinh-bang"
UNITS = "/man-hinh/may-tinh-bang/don-vi"
SAID_WITHIN_S = 15.0


def test_a_frozen_database_is_said_as_such_on_every_screen_and_passes_without_a_touch(
    database: DatabaseUrls, home: Home, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database)
    open_ones = [look(server, WALL_PATH), look(server, HOME, TABLET), look(server, UNITS, TABLET)]
    assert all("treo" not in viewer.text().lower() for viewer in open_ones)
    with frozen(home):
        began = time.monotonic()
        for viewer in open_ones:
            viewer.says("Đọc số treo từ 14:32", within=SAID_WITHIN_S - (time.monotonic() - began))
        wall, tablet, _ = open_ones
        assert "ĐỌC SỐ TREO từ 14:32" in wall.text()
        assert wall.page.locator(".num:not(.dead)").count() == 0
        assert wall.misfits() == []
        assert tablet.page.locator(".kn:not(.dead)").count() == 0
        opened = time.monotonic()
        fresh = [
            look(server, "/man-hinh/sap-tre", live=False),
            look(server, f"{HOME}?ky=thang", TABLET),
            look(server, f"{UNITS}?ky=thang", TABLET, live=False),
            look(server, f"{HOME}/diem-766", TABLET, live=False),
        ]
        for viewer in fresh:
            viewer.says("Đọc số treo", within=SAID_WITHIN_S - (time.monotonic() - opened))
        begun = time.monotonic()  # of screens that start against a database that hangs already
        begin_late = look(serve(database), WALL_PATH, live=False)
        begin_late.says("Đọc số treo từ", within=SAID_WITHIN_S - (time.monotonic() - begun))
        wall.page.wait_for_timeout(5_000)  # by now longer than a browser waits before it says that it is offline
        assert all("mạng" not in viewer.text().lower() for viewer in open_ones)
    for viewer in open_ones:
        deadline = time.monotonic() + 20
        while "treo" in viewer.text().lower():
            assert time.monotonic() < deadline, viewer.text()
            viewer.page.wait_for_timeout(200)
