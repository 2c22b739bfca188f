"""Units are called by their names where the figures know only keys; what the reference does not know keeps its key."""

import pytest

from infra.db.reference import load
from schemas.reference.reading import read
from tests.screens import sample
from tests.screens.conftest import NOW, Look, Screens

KEYS = ("so-tu-phap", "25195", "so-giao-thong-van-tai", "khong-ai-biet")


@pytest.mark.parametrize("loaded_before", [True, False])
def test_a_screen_says_the_names_that_the_reference_has(screens: Screens, look: Look, loaded_before: bool) -> None:
    rows = sample.province(NOW, units=KEYS, per_day=60)
    if loaded_before:
        load(screens.database.migrate, read(), NOW)
    sample.write(screens.db, rows, NOW)
    screens.alive()
    wall = look(screens.url("/man-hinh/ho-so"))
    if not loaded_before:
        assert "25195" in wall.text("#wall-units")
        load(screens.database.migrate, read(), NOW)
    shown = wall.wait_text("#wall-units", "Sở Giao thông vận tải", seconds=20)
    assert "P. Bình Phước" in shown
    assert "25195" not in shown
    assert "khong" in shown  # nobody knows it
    tablet = look(screens.url("/man-hinh/may-tinh-bang/don-vi?ky=tat-ca"), "tablet-ngang")
    assert {"Sở Tư pháp", "Sở Giao thông vận tải", "chưa có tên: khong-ai-biet"} <= set(
        tablet.page.locator(".units .un").all_inner_texts()
    )
    tablet.page.locator(".units .un", has_text="Sở Tư pháp").click()
    tablet.wait_text("main", "Sở Tư pháp")
    assert "don-vi=so-tu-phap" in tablet.page.url
