"""The wall of look-ups before a cut, and what was found on the tablet: what it says, and that it fits."""

import re
from datetime import timedelta

import pytest

from tests.screens import guard_sample, sample
from tests.screens.conftest import NOW, SIZES, Keep, Look, Screens, Shared

WALL, FINDINGS = "/man-hinh/tra-cuu", "/man-hinh/may-tinh-bang/tra-cuu/phat-hien"
UNIT = "Phường Hố Nai"


def fill_guarded(screens: Screens) -> None:
    """Without the reference's calendar, by which that Tuesday is a day off."""
    guard_sample.fill(screens.database, (UNIT, *sample.UNITS[:6]), NOW)
    sample.beat(screens.db, screens.now() + timedelta(hours=1))
    sample.audited(screens.db, NOW - timedelta(minutes=2), 3_213)


@pytest.fixture
def guarded(shared: Shared) -> Screens:
    return shared("guarded", fill_guarded)


@pytest.mark.parametrize("size", ["wall", "wall-2560x1080", "wall-3840x2160"])
def test_the_wall_says_when_the_limit_is_reached_and_by_whom(
    guarded: Screens, look: Look, picture: Keep, size: str
) -> None:
    sample.receive(guarded.db, guarded.now())
    seen = look(guarded.url(WALL), size)
    said = seen.text("#guard-lead")
    assert re.search(r"Với nhịp này, 1[45]:\d\d chạm giới hạn ngày\.", said)
    assert re.search(r"Một tài khoản.* làm \d\d % lượt của 10 phút qua; cần quyết (trước 1[45]:\d\d|ngay)", said)
    assert "chưa kiểm chứng" in seen.text("#guard-side")
    assert re.search(r"Tài khoản ….{3}, .*lượt trong .* phút, thường", seen.text("#guard-found"))
    assert "cb.hn" not in seen.text("body")  # a wall knows nobody by name
    assert "18/09/2023, 23/01/2024" in seen.text("#guard-foot")
    picture(seen, f"tra-cuu-can-quyet-{size}")
    assert seen.fit(88 if size == "wall-3840x2160" else 44) == []


@pytest.mark.parametrize("size", ["tablet-ngang", "tablet-doc"])
def test_each_finding_has_its_page(guarded: Screens, look: Look, picture: Keep, size: str) -> None:
    seen = look(guarded.url(FINDINGS), size, live=False)
    seen.page.wait_for_selector(".findings li")
    assert "lượt trong" in seen.text(".findings")
    picture(seen, f"phat-hien-{size}")
    wrong = seen.fit(15)
    seen.page.locator(".findings li a", has_text="Tăng đột biến").first.click()
    seen.page.wait_for_selector(".fdl")
    text = seen.text("main")
    for word in ("Quy tắc", "Đề xuất", "Lượt mẫu", "đang diễn ra", "Không gắn hồ sơ"):
        assert word in text
    seen.page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
    picture(seen, f"mot-phat-hien-{size}")
    assert [*wrong, *seen.fit(15)] == []
