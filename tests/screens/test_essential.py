"""The essential services on wall and tablet: they fit, say what is not known, and every number opens its cases."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.screens import sample, service_sample
from tests.screens.conftest import NOW, Fill, Keep, Look, Screens, Shared, fill_longest
from tests.screens.watched import Watched

WALLS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
TABLETS = ("tablet-ngang", "tablet-doc")
WALL = "/man-hinh/53-dich-vu"
TABLET = "/man-hinh/may-tinh-bang/53-dich-vu"


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Fifteen services with cases at units of the longest names, live."""

    def write(screens: Screens) -> None:
        fill_longest(screens)
        service_sample.fill(screens.db, screens.database, tmp_path, NOW)
        screens.alive()

    return write


@pytest.fixture
def services(shared: Shared, fill: Fill) -> Screens:
    screens = shared("services", fill)
    screens.alive()
    return screens


@pytest.mark.parametrize("size", WALLS)
def test_the_wall_names_the_lowest_and_fits(services: Screens, look: Look, picture: Keep, size: str) -> None:
    seen = look(services.url(WALL), size)
    seen.wait_text("#three-rows", "giấy phép lái xe")
    assert seen.text("#three-lead").startswith("2 dịch vụ thiết yếu dưới 3 % trực tuyến")
    assert "38 CHƯA CÓ SỐ" in seen.text("#three-side").upper()
    picture(seen, f"53-dich-vu-{size}")
    assert seen.fit(WALLS[size]) == []


@pytest.mark.parametrize("size", TABLETS)
def test_the_tablet_has_all_and_each_with_its_units(services: Screens, look: Look, picture: Keep, size: str) -> None:
    seen = look(services.url(TABLET), size)
    seen.page.wait_for_selector(".list.services")
    picture(seen, f"53-dich-vu-{size}")
    assert seen.fit(15) == []
    seen.page.locator(".services ol .un").first.click()
    seen.page.wait_for_selector(".list.units")
    picture(seen, f"53-dich-vu-mot-{size}")
    assert seen.fit(15) == []
    for page in range(2, 9):
        seen.page.goto(services.url(f"{TABLET}?ky=nam&trang={page}"))
        seen.page.wait_for_selector(".list.services")
        assert seen.fit(15) == [], page


def test_a_service_that_is_not_known_has_no_share(services: Screens, look: Look) -> None:
    seen = look(services.url(f"{TABLET}?trang=8"), "tablet-ngang")
    rows = seen.page.locator(".services ol .lr").all_inner_texts()
    assert rows
    assert all("chưa kiểm chứng tên, chưa có mã thủ tục" in row and "%" not in row for row in rows)
    seen.page.goto(services.url(f"{TABLET}?dich-vu=7"))
    seen.wait_text("h2.big", "không biết")
    assert "không phải 0 %" in seen.text(".lead")
    seen.page.goto(services.url(f"{TABLET}?dich-vu=99"))
    seen.wait_text("main", "không có dịch vụ số này")
    seen.page.goto(services.url(f"{TABLET}?dich-vu=x"))
    seen.wait_text("main", "dịch vụ trong địa chỉ không đúng")


def numbers_of(seen: Watched) -> dict[str, int]:
    """What each number that can be opened says, by its address."""
    found = seen.page.locator("[data-counter^='service.']").evaluate_all(
        "all => all.map(e => [e.getAttribute('href'), Number(e.dataset.count)])"
    )
    return dict(found)


def listed(screens: Screens, seen: Watched, href: str) -> tuple[int, int]:
    """What the list of a number says that it has, and how many cases it holds; without its page."""
    answer = seen.page.request.get(screens.url(href), max_redirects=0)
    assert answer.status == 303, (href, answer.status)
    opening_id = answer.headers["location"].split("?")[0].rsplit("/", 1)[1]
    row = screens.db.execute(
        "SELECT amount, (SELECT count(*) FROM opening_item WHERE opening_id = id) FROM opening WHERE id = %s",
        [opening_id],
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def test_every_number_opens_exactly_as_many_cases(screens: Screens, fill: Fill, look: Look) -> None:
    """One of each page as a page that says so, the others by their lists."""
    fill(services := screens)
    shown: set[str] = set()
    asked: dict[str, int] = {}
    for address, size in (
        (f"{WALL}?ky=thang", "wall"),
        (f"{TABLET}?dich-vu=3", "tablet-doc"),
        (f"{TABLET}?ky=quy", "tablet-ngang"),
        (f"{TABLET}?ky=nam&dich-vu=18", "tablet-ngang"),
    ):
        seen = look(services.url(address), size)
        seen.page.wait_for_selector("[data-counter^='service.']")
        found = numbers_of(seen)
        assert len(found) > 9, address
        asked |= found
        href, count = next((href, count) for href, count in found.items() if href not in shown)
        shown.add(href)
        seen.page.goto(services.url(href))
        seen.page.wait_for_selector("#opened")
        said = seen.page.locator("#opened")
        assert (said.get_attribute("data-amount"), said.get_attribute("data-cases")) == (str(count), str(count)), href
    reader = seen
    assert reader.fit(15) == []
    for href in asked.keys() - shown:
        assert listed(services, reader, href) == (asked[href], asked[href]), href
    (rows,) = services.db.execute("SELECT count(*) FROM opening_item").fetchone() or (0,)
    assert rows == sum(asked.values())
    reader.page.locator(".top .back").click()
    reader.page.wait_for_selector("main.service")
    for bad in ("mien=service&so=online&ky=thang", "mien=service&so=dreams&phan=3", "mien=service&so=online&phan=x"):
        assert reader.page.request.get(services.url(f"/man-hinh/mo?{bad}")).status == 400


@pytest.mark.parametrize("size", WALLS)
def test_the_shares_of_a_month_stay_a_working_day_after_their_source_fell_silent(
    shared: Shared, fill: Fill, look: Look, picture: Keep, size: str
) -> None:
    services = shared("silent", fill)
    sample.receive(services.db, services.now() - timedelta(minutes=9))
    seen = look(services.url(WALL), size)
    seen.wait_text("#three-lead", "Số đến 14:2")
    picture(seen, f"53-dich-vu-im-lang-{size}")
    assert "đến 14:2" in seen.text("#three-rows")
    assert seen.page.locator("#three-rows [data-count]").count() > 0
    assert seen.fit(WALLS[size]) == []
    sample.receive(services.db, services.now() - timedelta(days=3))
    seen.wait_text("#three-lead", "không biết tình hình dịch vụ thiết yếu")
    assert "IM LẶNG" in seen.text("#three-rows")
    assert "%" not in seen.text("main")
    assert seen.fit(WALLS[size]) == []


def test_without_targets_and_without_services_it_says_so(own_longest: Screens, look: Look, tmp_path: Path) -> None:
    seen = look(own_longest.url(WALL), "wall")
    seen.wait_text("#three-lead", "chưa nạp danh mục dịch vụ thiết yếu")
    assert seen.fit(44) == []
    service_sample.fill(own_longest.db, own_longest.database, tmp_path, NOW, targets="")
    own_longest.alive()
    seen = look(own_longest.url(WALL), "wall-2560x1080")
    seen.wait_text("#three-rows", "chưa đặt chỉ tiêu")
    assert seen.text("#three-wide").count("chưa đặt chỉ tiêu") == 5
    assert seen.fit(44) == []
    seen = look(own_longest.url(f"{TABLET}?dich-vu=18"), "tablet-ngang")
    assert "Chưa đặt chỉ tiêu" in seen.text("main")
