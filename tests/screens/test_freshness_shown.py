"""What a room sees when a source falls silent in the middle of a month, and when it rests on a holiday."""

from datetime import UTC, datetime, timedelta

import pytest

from infra.db.reference import load
from schemas.province import ZONE
from schemas.reference.reading import read
from tests.screens import sample
from tests.screens.conftest import NOW, Keep, Look, Screens
from tests.screens.watched import Watched

WALL, TABLET = "/man-hinh/ho-so", "/man-hinh/may-tinh-bang"
FLOORS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0, "tablet-ngang": 15.0, "tablet-doc": 15.0}
LAST = datetime(2026, 11, 23, 17, 24, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def holiday(screens: Screens) -> Screens:
    """The day of NOW is one: an office's source was heard last when the day before ended."""
    load(screens.database.migrate, read(), NOW)
    rows = sample.province(LAST, per_day=130)
    sample.write(screens.db, rows, NOW, source="urn:ioc:mot-cua", received_at=LAST)
    sample.audited(screens.db, NOW - timedelta(minutes=2), len(rows))
    screens.alive(source=False)
    return screens


def address(size: str, query: str = "") -> str:
    return (WALL if size.startswith("wall") else TABLET) + query


def top(seen: Watched, size: str) -> str:
    return "#wall-top" if size.startswith("wall") else "header.top"


def opened(seen: Watched, number: str) -> tuple[int, int]:
    """What the number said, and how much its list has."""
    link = seen.page.locator(f"[data-counter={number}]").first
    said = int(link.get_attribute("data-count") or "-1")
    link.click()
    seen.page.wait_for_selector("#opened")
    return said, int(seen.page.locator("#opened").get_attribute("data-amount") or "-2")


@pytest.mark.parametrize("size", FLOORS)
def test_a_month_stays_on_screen_when_its_source_falls_silent(
    filled: Screens, look: Look, picture: Keep, size: str
) -> None:
    seen = look(filled.url(address(size, "?ky=thang")), size)
    sample.receive(filled.db, filled.now() - timedelta(minutes=7, seconds=30))
    seen.wait_text(top(seen, size), "im lặng 7 phút")
    assert seen.page.locator("[data-counter=accepted]").count() > 0
    assert seen.page.locator("[data-counter=open]").count() == 0
    picture(seen, f"ho-so-thang-im-lang-{size}")
    assert seen.fit(FLOORS[size]) == []
    said, listed = opened(seen, "accepted")
    assert said == listed > 0


@pytest.mark.parametrize("size", FLOORS)
def test_a_holiday_is_calm_and_shows_the_working_day_before(
    holiday: Screens, look: Look, picture: Keep, size: str
) -> None:
    seen = look(holiday.url(address(size)), size)
    seen.wait_text(top(seen, size), "Ngoài giờ, số đến 17:24 23/11")
    assert seen.page.locator(".dead:visible, .band:visible").all_inner_texts() == []
    assert "23/11" in seen.text("#wall-accepted" if size.startswith("wall") else "#tab-numbers")
    picture(seen, f"ho-so-ngoai-gio-{size}")
    assert seen.fit(FLOORS[size]) == []
    said, listed = opened(seen, "accepted")
    assert said == listed > 0


def test_pages_that_are_read_now_go_and_stay_with_the_wall(filled: Screens, look: Look, picture: Keep) -> None:
    sample.receive(filled.db, filled.now() - timedelta(minutes=7, seconds=30))
    units = f"{TABLET}/don-vi"
    today = look(filled.url(units), "tablet-ngang")
    today.wait_text("main", "IM LẶNG 7 PHÚT")
    picture(today, "don-vi-im-lang-tablet-ngang")
    assert today.fit(15) == []
    today.page.get_by_text("Tháng này").click()
    today.wait_text("main", "chốt lúc 14:2")
    assert today.page.locator("[data-counter=accepted]").count() > 0
    assert today.page.locator("[data-counter=open]").count() == 0
    picture(today, "don-vi-thang-im-lang-tablet-ngang")
    assert today.fit(15) == []
    for path in ("diem-766", "so-voi-cong", "quy-trinh", "53-dich-vu"):
        today.turn_to(filled.url(f"{TABLET}/{path}"))
        assert "IM LẶNG" not in today.text("main"), path
        if path != "diem-766":  # which has no score of a single day
            today.turn_to(filled.url(f"{TABLET}/{path}?ky=hom-nay"))
            assert "IM LẶNG" in today.text("main"), path
