"""From a finding to a holding order that is read back, and the orders as they stand: what is said, and that it fits."""

import pytest

from dashboards.access import addresses
from tests.screens import guard_sample, sample
from tests.screens.conftest import NOW, SIZES, Keep, Look, Screens, Shared
from tests.screens.test_lookup_guard import FINDINGS, UNIT, fill_guarded

ACCOUNT = "cb.hn.04"
OF_ACCOUNT = "SELECT id FROM lookup_finding WHERE key = %s AND rule = 'surge'"


def fill_held(screens: Screens) -> None:
    """The last finding has no order yet."""
    row = screens.db.execute(OF_ACCOUNT, [ACCOUNT]).fetchone()
    assert row is not None
    guard_sample.hold(screens.database, "another", ACCOUNT, UNIT, NOW)
    screens.db.execute("INSERT INTO hold_receiver (known, seen_at) VALUES (true, %s)", [NOW.replace(year=2027)])


@pytest.fixture
def held(shared: Shared) -> Screens:
    return shared("held", fill_guarded, fill_held)


@pytest.mark.parametrize("size", ["tablet-ngang", "tablet-doc"])
def test_a_finding_leads_to_an_order_in_three_taps_and_it_is_read_back(
    held: Screens, look: Look, picture: Keep, size: str
) -> None:
    sample.receive(held.db, held.now())
    seen = look(held.url(FINDINGS), size, live=False)
    seen.page.locator(".findings li a", has_text=f"Tài khoản {ACCOUNT}").filter(has_text="Tăng đột biến").click()
    seen.page.wait_for_selector(".fdl")
    seen.page.get_by_role("link", name="Ra lệnh giữ").click(timeout=3_000)
    seen.page.get_by_role("button", name="Đọc lại").wait_for()
    assert f"Tài khoản {ACCOUNT}, {UNIT}" in seen.text("main")
    assert seen.page.locator("input[name=cach]:checked").get_attribute("value") == "stop"
    picture(seen, f"lenh-giu-moi-{size}")
    wrong = seen.fit(15)
    seen.page.get_by_role("button", name="Đọc lại").click()
    said = seen.page.locator("#read").inner_text()
    assert said.startswith(f"Tạm dừng tra cứu của tài khoản {ACCOUNT}, {UNIT}, đến 15:3")
    picture(seen, f"lenh-giu-doc-lai-{size}")
    assert seen.page.get_by_role("button", name="Gửi lệnh").is_visible()
    assert [*wrong, *seen.fit(15)] == []


@pytest.mark.parametrize("size", ["tablet-ngang", "tablet-doc"])
def test_the_orders_say_how_they_stand_and_what_the_receiver_answered(
    held: Screens, look: Look, picture: Keep, size: str
) -> None:
    seen = look(held.url(addresses.HOLDS), size, live=False)
    assert "Đang có 1 lệnh giữ chưa kết thúc" in seen.text("main")
    picture(seen, f"lenh-giu-{size}")
    wrong = seen.fit(15)
    seen.page.get_by_role("link", name="Mở:").first.click()
    seen.page.wait_for_selector(".hist")
    assert "Máy nhận đã làm (lần gửi thứ 2)" in seen.text("main")
    assert "tự kết thúc 15:20 ngày 24/11/2026" in seen.text("main")
    seen.page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
    picture(seen, f"mot-lenh-giu-{size}")
    assert [*wrong, *seen.fit(15)] == []
