"""The first wall and the tablet's first page: what needs a directive, that it fits, that nothing is said as such."""

from datetime import timedelta

import pytest

from dashboards.access import addresses
from dashboards.screens import links, nav
from tests.screens import guard_sample, sample, topic_sample
from tests.screens.conftest import NOW, SIZES, Keep, Look, Screens, Shared

WALL = links.PREFIX + nav.NEED
FLOORS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
TABLETS = ("tablet-ngang", "tablet-doc")
UNITS = ("Phường Hố Nai", *sample.UNITS[:6])


def fill_needing(screens: Screens) -> None:
    """An afternoon before the limit of look-ups, with overdue cases, late tasks and certificates that end."""
    sample.write(screens.db, sample.province(NOW), NOW)
    topic_sample.fill(screens.database, UNITS, NOW)
    guard_sample.fill(screens.database, UNITS, NOW)
    sample.beat(screens.db, screens.now() + timedelta(hours=1))
    sample.audited(screens.db, NOW - timedelta(minutes=2), 3_213)


@pytest.fixture
def needing(shared: Shared) -> Screens:
    return shared("needing", fill_needing)


def test_wall_and_tablet_say_the_same_five_things_and_only_the_tablet_directs(
    needing: Screens, look: Look, picture: Keep
) -> None:
    sample.receive(needing.db, needing.now())
    seen = look(needing.url("/"), "wall")
    assert seen.page.url.endswith(WALL)
    said = [row.inner_text() for row in seen.page.locator(".nd .say b").all()]
    assert len(said) == 5
    assert "chạm giới hạn" in said[0]
    assert "cb.hn" not in seen.text("body")  # a wall knows nobody by name
    assert seen.page.locator("form, button:not(.fullscreen)").count() == 0
    wrong = {}
    for size, floor in FLOORS.items():
        seen.page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
        picture(seen, f"can-chi-dao-{size}")
        wrong[size] = seen.fit(floor)
    for size in TABLETS:
        tablet = look(needing.url(addresses.DIRECTIVES), size, live=False)
        assert [row.inner_text() for row in tablet.page.locator(".item .say b").all()] == said
        assert tablet.page.get_by_role("link", name="Chỉ đạo:").count() == 5
        assert "DỮ LIỆU MÔ PHỎNG" in tablet.text("header")
        picture(tablet, f"can-chi-dao-{size}")
        tablet.page.set_viewport_size({"width": SIZES[size][0], "height": 1_600})  # its list scrolls
        wrong[size] = tablet.fit(15)
    assert {size: found for size, found in wrong.items() if found} == {}


def test_nothing_to_direct_is_said_and_a_silent_source_is_no_calm(screens: Screens, look: Look, picture: Keep) -> None:
    sample.write(screens.db, [row for row in sample.province(NOW) if row.ended_at is not None], NOW)
    sample.audited(screens.db, NOW - timedelta(minutes=2), 3_213)
    screens.alive()
    seen = look(screens.url(WALL), "wall")
    assert seen.text("#three-lead").startswith("Không có việc chờ chỉ đạo")
    said = seen.text("#three-rows")
    assert "Đã xem và không thấy việc nào cần chỉ đạo: nguồn dữ liệu, hồ sơ quá hạn" in said
    assert "tra cứu dân cư" not in said, "no source has told of them"
    picture(seen, "can-chi-dao-khong-co-wall")
    wrong = seen.fit(44)
    screens.db.execute("UPDATE stream_source SET received_at = received_at - interval '3 hours'")
    screens.db.execute("UPDATE stream_offset SET next = next + 1, received_at = received_at - interval '3 hours'")
    seen.page.locator("#three-rows", has_text="im lặng từ").wait_for()
    assert "Không biết hồ sơ quá hạn" in seen.text("#three-rows")
    picture(seen, "can-chi-dao-im-lang-wall")
    assert [*wrong, *seen.fit(44)] == []
