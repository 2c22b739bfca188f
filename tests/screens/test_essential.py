"""The essential services on wall and tablet: they fit, say what is not known, and every number opens its cases."""

from pathlib import Path

import pytest

from tests.screens import sample, service_sample
from tests.screens.conftest import NOW, Keep, Look, Screens

WALLS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
TABLETS = ("tablet-ngang", "tablet-doc")
WALL = "/man-hinh/53-dich-vu"
TABLET = "/man-hinh/may-tinh-bang/53-dich-vu"


@pytest.fixture
def services(longest: Screens, tmp_path: Path) -> Screens:
    """Fifteen services with cases at units of the longest names, live."""
    service_sample.fill(longest.db, longest.database, tmp_path, NOW)
    longest.alive()
    return longest


@pytest.mark.parametrize("size", WALLS)
def test_the_wall_names_the_lowest_and_fits(services: Screens, look: Look, picture: Keep, size: str) -> None:
    seen = look(services.url(WALL), size)
    seen.wait_text("#service-rows", "giấy phép lái xe")
    picture(seen, f"53-dich-vu-{size}")
    seen.page.screenshot(path=f"/tmp/shot-{size}.png")
    assert seen.fit(WALLS[size]) == []


@pytest.mark.parametrize("size", TABLETS)
def test_the_tablet_has_all_and_each_with_its_units(services: Screens, look: Look, picture: Keep, size: str) -> None:
    seen = look(services.url(TABLET), size)
    seen.page.wait_for_selector(".list.services")
    picture(seen, f"53-dich-vu-{size}")
    seen.page.screenshot(path=f"/tmp/shot-{size}.png")
    fit = seen.fit(15)
    seen.page.locator(".services ol .un").first.click()
    seen.page.wait_for_selector(".list.units")
    seen.page.screenshot(path=f"/tmp/shot-one-{size}.png")
    picture(seen, f"53-dich-vu-mot-{size}")
    assert (fit, seen.fit(15)) == ([], [])
