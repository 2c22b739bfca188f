"""Each state looks like itself: live, late, silent, no data, error, offline, and our own processing stopped."""

from datetime import timedelta

import psycopg

from infra.endpoints import DatabaseUrls
from tests.screens import sample
from tests.screens.live.browser import TABLET
from tests.screens.live.conftest import NOW, Away, Fill, Look, Serve

WALL_PATH = "/man-hinh/ho-so"
HOME = "/man-hinh/may-tinh-bang"
TILES = 6


def test_a_live_screen_says_its_numbers_their_period_and_the_age_of_its_source(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    wall = look(serve(database), WALL_PATH)
    said = wall.text()
    for words in ("Hồ sơ Thứ Ba, 24/11/2026", "DỮ LIỆU MÔ PHỎNG", "Một cửa", "Đối soát 14:30:", "đều khớp"):
        assert words in said, said
    assert "14:32" in wall.text(".clock")
    assert wall.page.locator(".dead").count() == 0
    for tile in wall.page.locator(".num").all():
        assert any(period in tile.inner_text().replace("\u00a0", " ") for period in ("hôm nay", "lúc này"))
    assert "mục tiêu 98 %" in wall.text("#wall-rate")


def test_the_period_in_the_address_is_on_every_tile(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database)
    wall = look(server, f"{WALL_PATH}?ky=thang")
    for period, word in (("thang", "tháng 11"), ("nam", "2026"), ("tat-ca", "mọi kỳ")):
        wall.open(f"{WALL_PATH}?ky={period}")
        for part in ("accepted", "finished", "on-time", "late", "rate", "channels"):
            assert word in wall.text(f"#wall-{part}"), (period, part)
        assert "lúc này" in wall.text("#wall-open")


def test_a_late_source_keeps_its_numbers_and_says_so(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    sample.receive(rows, NOW - timedelta(seconds=50))
    server = serve(database)
    for path, tiles in ((WALL_PATH, ".num"), (HOME, ".kn")):
        viewer = look(server, path)
        assert "chậm 5" in viewer.text(".src") or "chậm 1 phút" in viewer.text(".src")
        assert viewer.page.locator(".dead").count() == 0
        assert all("chậm" in tile.inner_text() for tile in viewer.page.locator(tiles).all())


def test_a_silent_source_takes_its_numbers_away_and_recovers_without_a_touch(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    sample.receive(rows, NOW - timedelta(minutes=7))
    server = serve(database)
    wall, tablet = look(server, WALL_PATH), look(server, HOME, TABLET)
    for viewer in (wall, tablet):
        said = viewer.text()
        assert "Từ 14:25 không biết tình hình hồ sơ." in said
        assert "im lặng 7 phút" in said
        assert "Xử lý dừng" not in said
    assert wall.page.locator(".num.dead").count() == TILES
    assert "lúc 14:25 là" in wall.text("#wall-accepted")
    assert wall.numbers() == [] or all(number["key"] == "" for number in wall.numbers())  # past days stay true
    sample.receive(rows, server.now())
    for viewer in (wall, tablet):
        viewer.page.wait_for_selector("[data-k=accepted]", timeout=5_000)  # ages tick on: no text to wait for
        assert viewer.page.locator(".dead").count() == 0


def test_processing_that_stopped_is_told_from_a_source_that_is_silent(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill(beat=False)
    server = serve(database)
    sample.beat(rows, server.now() - timedelta(seconds=2))  # by a server that runs: a slow start is no silence
    wall = look(server, WALL_PATH)
    assert "không biết tình hình" not in wall.text()
    wall.says("không biết tình hình hồ sơ. Bộ phận xử lý của trung tâm đã dừng", within=16)
    assert "Xử lý dừng" in wall.text(".src")
    assert "im lặng" not in wall.text().lower()
    assert wall.page.locator(".num.dead").count() == TILES
    sample.beat(rows, server.now() + timedelta(hours=1))
    sample.receive(rows, server.now())
    wall.page.wait_for_selector("[data-k=accepted]", timeout=6_000)
    assert wall.page.locator(".dead").count() == 0


def test_before_any_data_it_says_so_and_shows_no_zeros(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    server = serve(database)
    wall, tablet = look(server, WALL_PATH), look(server, HOME, TABLET)
    for viewer in (wall, tablet):
        assert "Chưa có dữ liệu hồ sơ." in viewer.text()
        assert viewer.numbers() == []
        assert viewer.page.locator("[data-k]").count() == 0
    assert wall.page.locator(".num.dead").count() == TILES
    fill()
    for viewer in (wall, tablet):
        viewer.says("DỮ LIỆU MÔ PHỎNG", within=5)
        assert viewer.numbers()


def test_an_unread_database_is_said_with_when_it_is_tried_again_and_passes(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look, away: Away
) -> None:
    fill()
    server = serve(database)
    wall, tablet = look(server, WALL_PATH), look(server, HOME, TABLET)
    with away():
        for viewer in (wall, tablet):
            viewer.says("LỖI ĐỌC", within=20)
            viewer.says("thử lại", within=1)
            assert "không đọc được tình hình hồ sơ" in viewer.text()
            assert viewer.page.locator("[data-k]").count() == 0
    for viewer in (wall, tablet):
        viewer.page.locator(".dead").first.wait_for(state="detached", timeout=20_000)
        assert "Một cửa" in viewer.text(".src")


def test_a_browser_that_hears_nothing_says_so_by_its_own_clock_and_comes_back_by_itself(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database, IOC_OFFLINE_AFTER="PT6S")
    wall = look(server, WALL_PATH, cut_off=True)
    tablet = look(server, HOME, TABLET, cut_off=True)
    server.down()
    for viewer in (wall, tablet):
        viewer.says("Mất mạng", within=12)
        assert "Màn hình mất mạng" in viewer.text()
    assert wall.page.locator(".num.dead").count() == TILES
    server.up()
    sample.receive(rows, server.now())
    for viewer in (wall, tablet):
        viewer.page.locator(".dead").first.wait_for(state="detached", timeout=20_000)


def test_an_older_snapshot_is_not_shown(database: DatabaseUrls, fill: Fill, serve: Serve, look: Look) -> None:
    fill()
    wall = look(serve(database), WALL_PATH)
    seen = [tuple(map(int, wall.page.evaluate("document.documentElement.dataset.version").split("-")))]
    while len(seen) < 6 or (seen[-1] == seen[0] and len(seen) < 40):
        wall.page.wait_for_timeout(800)
        seen.append(tuple(map(int, wall.page.evaluate("document.documentElement.dataset.version").split("-"))))
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]
