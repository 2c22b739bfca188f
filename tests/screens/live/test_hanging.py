"""PostgreSQL frozen, not gone: every screen says since when reading hangs, open or newly opened, and goes on after."""

import time
from datetime import timedelta

import psycopg

from infra.endpoints import DatabaseUrls
from infra.home import Home
from tests.integration.probe_screens import frozen
from tests.screens import sample, topic_sample
from tests.screens.live.browser import TABLET
from tests.screens.live.conftest import NOW, Fill, Look, Serve

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


def test_a_frozen_kafka_is_said_in_the_same_words_on_walls_tables_and_lists_and_no_list_is_later_than_it(
    database: DatabaseUrls, rows: psycopg.Connection, serve: Serve, look: Look
) -> None:
    """Of a topic whose last record is days old: it was known until Kafka froze, not until that record."""
    topic_sample.fill(database, sample.UNITS, NOW)
    sample.receive(rows, NOW - timedelta(days=3))
    sample.beat(rows, NOW + timedelta(hours=1))
    server = serve(database)
    wall, tablet = look(server, "/man-hinh/nhiem-vu"), look(server, f"{HOME}/nhiem-vu", TABLET)
    rows.execute(
        "UPDATE heartbeat SET state = 'waiting', detail = 'Kafka: Kafka: KafkaTimeoutError', waiting_since = %s",
        [NOW - timedelta(minutes=7)],
    )
    for viewer in (wall, tablet):
        viewer.says("Từ 14:25 không biết tình hình nhiệm vụ. Đọc số treo", within=10)
        assert "Đọc số treo từ 14:25" in viewer.text(".src")
    table = look(server, f"{HOME}/nhiem-vu/bang", TABLET)
    table.says("Từ 14:25 không biết tình hình nhiệm vụ. Đọc số treo", within=5)
    assert "ĐỌC SỐ TREO từ 14:25" in table.text()
    assert table.page.locator("[data-count]").count() == 0
    listed = look(server, "/man-hinh/mo?mien=task&so=open&ky=tat-ca", TABLET)
    listed.says("chốt lúc 14:25", within=5)
    listed.says("Đọc số treo từ 14:25", within=10)
