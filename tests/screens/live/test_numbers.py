"""The number on the wall is the list behind it: every counter of every tile opened, count and list equal."""

import re
from typing import Any

import psycopg

from infra.endpoints import DatabaseUrls
from tests.screens import sample
from tests.screens.live.browser import TABLET, WALL_WIDE, Viewer
from tests.screens.live.conftest import NOW, Fill, Look, Serve

WALL_PATH = "/man-hinh/ho-so"
HOME = "/man-hinh/may-tinh-bang"
PERIODS = ("hom-nay", "thang", "nam", "tat-ca")
TILES = {"rate", "accepted", "open", "finished", "on_time", "late", "overdue"}


def opened(viewer: Viewer, number: dict[str, Any]) -> tuple[int, int]:
    """What the list says that it counts, and how many rows its pages have."""
    viewer.open(number["href"])
    amount = int(viewer.page.get_attribute("#opened", "data-amount") or -1)
    cases = int(viewer.page.get_attribute("#opened", "data-cases") or -1)
    assert re.fullmatch(r"/man-hinh/danh-sach/[\w-]+", viewer.page.evaluate("location.pathname"))
    return amount, cases


def rows_of(viewer: Viewer) -> set[str]:
    """Every case of the list, by walking through its pages."""
    found: set[str] = set()
    while True:
        found |= set(viewer.page.locator(".list .code .code, .list .lr .code span").all_inner_texts())
        following = viewer.page.locator("a[aria-label='Trang sau']")
        if following.count() == 0:
            return found
        before = viewer.text(".list")
        following.click()
        for _ in range(50):
            if viewer.page.locator(".list").count() and viewer.text(".list") != before:
                break
            viewer.page.wait_for_timeout(100)
        viewer.settle()


def test_every_number_of_the_wall_opens_exactly_its_list_in_every_period(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill(per_day=30)
    server = serve(database)
    wall, reader = look(server, WALL_PATH, WALL_WIDE), look(server, WALL_PATH, TABLET)
    asked: set[str] = set()
    counters: set[str] = set()
    for period in PERIODS:
        wall.open(f"{WALL_PATH}?ky={period}")
        numbers = wall.numbers()
        assert {number["key"] for number in numbers} >= TILES
        for number in numbers:
            if number["href"] not in asked:
                asked.add(number["href"])
                counters.add(number["counter"])
                amount, cases = opened_by_address(reader, rows, number)
                assert (amount, cases) == (number["count"], number["count"]), number
    assert counters == {"accepted", "open", "finished", "on_time", "late", "overdue"}
    assert len(asked) > 40


def test_every_number_of_the_tablet_opens_exactly_its_list(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill(per_day=30)
    server = serve(database)
    tablet, reader = look(server, HOME, TABLET), look(server, HOME, TABLET)
    asked: set[str] = set()
    for path in (f"{HOME}?ky=thang", f"{HOME}?ky=nam&don-vi={sample.UNITS[1]}", f"{HOME}/don-vi?ky=nam"):
        tablet.open(path)
        numbers = [number for number in tablet.numbers() if number["href"] not in asked]
        assert len(numbers) > 15, path
        for number in numbers:
            asked.add(number["href"])
            amount, cases = opened_by_address(reader, rows, number)
            assert (amount, cases) == (number["count"], number["count"]), number


def opened_by_address(viewer: Viewer, rows: psycopg.Connection, number: dict[str, Any]) -> tuple[int, int]:
    """As :func:`opened`, without drawing the page, so that a hundred numbers take seconds."""
    response = viewer.page.context.request.get(viewer.origin + number["href"], max_redirects=0)
    assert response.status == 303, (response.status, response.text())
    opening_id = response.headers["location"].split("?")[0].rsplit("/", 1)[1]
    row = rows.execute(
        "SELECT amount, (SELECT count(*) FROM opening_item WHERE opening_id = id) FROM opening WHERE id = %s",
        [opening_id],
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def test_a_list_shows_its_moment_and_all_its_rows_a_page_at_a_time(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database)
    viewer = look(server, HOME, TABLET)
    number = next(number for number in viewer.numbers() if number["key"] == "finished")
    amount, cases = opened(viewer, number)
    assert amount == cases == number["count"]
    assert f"{amount} hồ sơ" in viewer.text("#opened")
    assert "chốt lúc 14:32:" in viewer.text()
    assert len(rows_of(viewer)) == amount


def test_a_list_keeps_its_number_until_new_ones_are_asked_for(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database)
    viewer = look(server, HOME, TABLET)
    number = next(number for number in viewer.numbers() if number["counter"] == "overdue")
    amount, _ = opened(viewer, number)
    rows.execute(
        "UPDATE case_state SET ended_at = %s, end_kind = 'finished' WHERE ended_at IS NULL AND due_at < %s", [NOW, NOW]
    )
    viewer.page.reload()
    viewer.page.wait_for_selector("#opened")
    assert viewer.page.get_attribute("#opened", "data-amount") == str(amount)
    viewer.page.click("text=Cập nhật")
    viewer.page.wait_for_selector("#opened[data-amount='0']")


def test_a_case_opens_its_history_with_the_newest_event_first(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    viewer = look(serve(database), HOME, TABLET)
    opened(viewer, next(number for number in viewer.numbers() if number["counter"] == "finished"))
    code = viewer.page.inner_text("a.lr .code >> nth=0")
    viewer.page.click("a.lr >> nth=0")
    viewer.page.wait_for_selector(".evs")
    viewer.settle()
    assert code in viewer.text()
    events = [line.replace("\n", " ") for line in viewer.page.locator(".ev").all_inner_texts()]
    assert len(events) == 6
    assert any(word in events[0] for word in ("Xử lý xong", "Trả kết quả"))
    assert "Tiếp nhận" in events[-1]


def test_the_tablet_keeps_period_and_unit_in_the_address_and_stays_live(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database)
    viewer = look(server, HOME, TABLET)
    viewer.page.click("text=Năm nay")
    viewer.page.wait_for_url("**/may-tinh-bang?ky=nam")
    viewer.page.click("text=Đơn vị: tất cả")
    viewer.page.wait_for_selector(".units")
    viewer.page.click(f"a.un:has-text('{sample.UNITS[0]}')")
    viewer.page.wait_for_url("**/may-tinh-bang?ky=nam&don-vi=*")
    viewer.page.wait_for_selector("html[data-live=live]", state="attached")
    viewer.says(f"{sample.UNITS[0]}: bỏ chọn")
    viewer.settle()
    number = next(number for number in viewer.numbers() if number["key"] == "accepted")
    only = rows.execute("SELECT sum(accepted) FROM case_by_unit_day WHERE unit = %s", [sample.UNITS[0]]).fetchone()
    assert only is not None
    assert number["count"] == only[0]
    rows.execute(
        "UPDATE case_by_unit_day SET accepted = accepted + 1 WHERE unit = %s AND day = %s",
        [sample.UNITS[0], NOW.date()],
    )
    sample.receive(rows, server.now())
    viewer.page.wait_for_selector(f"a[data-counter=accepted][data-count='{only[0] + 1}']", timeout=5000)
