"""Nothing is cut, overlapping, too small or hard to touch, at every size, with the longest names and in every state."""

from datetime import timedelta

import pytest

from tests.screens import sample
from tests.screens.conftest import NOW, Keep, Look, Screens, Shared, fill_longest

WALLS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
TABLETS = {"tablet-ngang": 15.0, "tablet-doc": 15.0}


@pytest.mark.parametrize("size", WALLS)
def test_the_longest_names_fit_on_every_wall(longest: Screens, look: Look, picture: Keep, size: str) -> None:
    longest.alive()
    seen = look(longest.url("/man-hinh/ho-so"), size)
    seen.wait_text("#wall-top", "Một cửa")
    picture(seen, f"ho-so-ten-dai-{size}")
    assert seen.fit(WALLS[size]) == []


@pytest.mark.parametrize("period", ["thang", "nam", "tat-ca"])
def test_every_period_fits_on_the_wall(longest: Screens, look: Look, period: str) -> None:
    longest.alive()
    assert look(longest.url(f"/man-hinh/ho-so?ky={period}")).fit(44) == []


def test_the_largest_numbers_fit_on_the_wall(own_longest: Screens, look: Look, picture: Keep) -> None:
    own_longest.db.execute(
        "UPDATE case_by_unit_day SET accepted = 250000 + accepted, finished = 123456 / 8, on_time = 99000, late = 9999"
        " WHERE day = %s",
        (NOW.date(),),
    )
    own_longest.alive()
    seen = look(own_longest.url("/man-hinh/ho-so"))
    picture(seen, "ho-so-so-lon")
    assert seen.fit(44) == []


@pytest.mark.parametrize("size", WALLS)
def test_a_late_wall_fits(shared: Shared, look: Look, picture: Keep, size: str) -> None:
    late = shared("late", fill_longest)
    sample.receive(late.db, late.now() - timedelta(seconds=30))
    seen = look(late.url("/man-hinh/ho-so"), size)
    seen.wait_text("#wall-accepted", "chậm")
    if size == "wall":
        picture(seen, "ho-so-cham")
    assert seen.fit(WALLS[size]) == []


@pytest.mark.parametrize("size", TABLETS)
@pytest.mark.parametrize(
    "path", ["", "?ky=nam", "?don-vi=Ph%C6%B0%E1%BB%9Dng+B%C3%ACnh+Ph%C6%B0%E1%BB%9Bc", "/don-vi?ky=thang"]
)
def test_the_longest_names_fit_on_the_tablet(longest: Screens, look: Look, picture: Keep, size: str, path: str) -> None:
    longest.alive()
    seen = look(longest.url(f"/man-hinh/may-tinh-bang{path}"), size)
    if path == "":
        picture(seen, f"ten-dai-{size}")
    assert seen.fit(TABLETS[size]) == []


@pytest.mark.parametrize("size", TABLETS)
def test_lists_and_cases_fit_on_the_tablet(longest: Screens, look: Look, size: str) -> None:
    longest.alive()
    seen = look(longest.url("/man-hinh/mo?so=steps&ky=tat-ca"), size)
    assert seen.fit(TABLETS[size]) == []
    seen.page.locator(".cases li a").first.click()
    seen.page.wait_for_selector(".evs")
    assert seen.fit(TABLETS[size]) == []


def test_a_list_opened_from_the_wall_is_dark_and_large(longest: Screens, look: Look, picture: Keep) -> None:
    longest.alive()
    seen = look(longest.url("/man-hinh/ho-so"))
    seen.page.locator("#wall-overdue a").click()
    seen.page.wait_for_selector("#opened")
    assert {"tablet", "dark"} <= set(seen.page.evaluate("document.documentElement.className").split())
    picture(seen, "danh-sach-tu-tuong")
    assert seen.fit(20) == []
