"""The walls of what will be late, of processes and of own and portal figures: live, silent, empty, at every size."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest

from infra.db.reference import load
from schemas.reference.reading import read
from tests.screens import sample
from tests.screens.conftest import NOW, Keep, Look, Screens, Shared, fill_longest
from tests.screens.test_gap import ON_PORTAL
from tests.screens.test_process import PATHS, STAYS, STEPS
from tests.screens.test_soon import INDISTINCT, forecast

SIZES = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}


def soon(screens: Screens) -> None:
    load(screens.database.migrate, read(), NOW)
    forecast(screens)


def gap(screens: Screens) -> None:
    screens.db.execute(ON_PORTAL)


def process(screens: Screens) -> None:
    load(screens.database.migrate, read(), NOW)
    screens.db.execute(PATHS, {"names": STEPS})
    screens.db.execute(STAYS, {"birth": ["thuong-tru", "the-bhyt"], "death": ["xoa-thuong-tru", "mai-tang-phi"]})


WALLS: dict[str, tuple[Callable[[Screens], None], str, str]] = {
    "sap-tre": (soon, "hồ sơ có nguy cơ trễ", "hồ sơ sắp trễ"),
    "quy-trinh": (process, "đang xử lý", "các bước xử lý"),
    "so-voi-cong": (gap, "tỉnh tính", "chênh lệch với Cổng"),
}


@pytest.mark.parametrize("name", WALLS)
@pytest.mark.parametrize("size", SIZES)
def test_a_wall_says_what_is_the_matter_and_fits(
    shared: Shared, look: Look, picture: Keep, name: str, size: str
) -> None:
    fill, said, _ = WALLS[name]
    screens = shared(name, fill_longest, fill)
    screens.alive()
    seen = look(screens.url(f"/man-hinh/{name}"), size)
    seen.wait_text("#three-lead", said)
    assert seen.page.locator("#three-rows li").count() == (4 if name == "quy-trinh" else 5)
    picture(seen, f"{name}-{size}")
    assert seen.fit(SIZES[size]) == []


@pytest.mark.parametrize("name", WALLS)
@pytest.mark.parametrize("size", SIZES)
def test_what_is_finished_stays_a_working_day_after_its_source_fell_silent(
    shared: Shared, look: Look, picture: Keep, name: str, size: str
) -> None:
    fill, _, of = WALLS[name]
    screens = shared(f"{name}-im-lang", fill_longest, fill)
    sample.receive(screens.db, screens.now() - timedelta(minutes=9))
    seen = look(screens.url(f"/man-hinh/{name}"), size)
    seen.wait_text("#three-lead", "Số đến 14:2")
    assert "đến 14:2" in seen.text("#three-rows")
    addresses = [link.get_attribute("href") for link in seen.page.locator("#three-rows a").all()]
    assert len(addresses) > 3
    if size == "wall":  # what shows leads on, as long as it shows
        tablet = look(screens.url(str(addresses[0])), "tablet-ngang")
        for address in {link.split("?")[0]: link for link in addresses if link}.values():
            tablet.turn_to(screens.url(address))
            assert "IM LẶNG" not in tablet.text("main"), address
    picture(seen, f"{name}-im-lang-{size}")
    assert seen.fit(SIZES[size]) == []
    sample.receive(screens.db, screens.now() - timedelta(days=3))
    seen.wait_text("#three-lead", f"không biết tình hình {of}")
    assert "IM LẶNG" in seen.text("#three-rows")
    assert seen.fit(SIZES[size]) == []


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_without_data_says_so(screens: Screens, look: Look, name: str) -> None:
    seen = look(screens.url(f"/man-hinh/{name}"))
    seen.wait_text("#three-lead", "Chưa có dữ liệu hồ sơ")
    assert seen.fit(44) == []


@pytest.mark.parametrize("name", WALLS)
def test_a_number_opens_as_many_cases_as_it_says(own_filled: Screens, look: Look, name: str) -> None:
    WALLS[name][0](own_filled)
    own_filled.alive()
    seen = look(own_filled.url(f"/man-hinh/{name}"))
    seen.wait_text("#three-lead", WALLS[name][1])
    numbers = [
        (one.get_attribute("href"), figure(one.inner_text()))
        for one in seen.page.locator("#three-rows a.n, #three-side a.n").all()
        if "%" not in one.inner_text()
    ]
    assert len(numbers) > 5
    listed = look(own_filled.url(str(numbers[0][0])), "tablet-ngang")
    for address, count in numbers:
        listed.turn_to(own_filled.url(str(address)))
        assert figure(listed.text("h2.big")) == count > 0, address


def test_a_forecast_that_is_hidden_is_not_on_the_wall(own_filled: Screens, look: Look, picture: Keep) -> None:
    load(own_filled.database.migrate, read(), NOW)
    forecast(own_filled, "not_better")
    seen = look(own_filled.url("/man-hinh/sap-tre"))
    seen.wait_text("#three-lead", "không biết hồ sơ nào sẽ trễ")
    assert "không đúng hơn cách tính đơn giản" in seen.text("#three-side")
    assert "%" not in seen.text("#three-rows")
    picture(seen, "sap-tre-an-wall")
    assert seen.fit(44) == []
    own_filled.db.execute(INDISTINCT)
    own_filled.alive()
    seen = look(own_filled.url("/man-hinh/sap-tre"))
    seen.wait_text("#three-lead", "không phân biệt được hồ sơ nào sẽ trễ")
    assert "khoảng 54 % trễ" in seen.text("#three-side")
    picture(seen, "sap-tre-khong-phan-biet-wall")
    assert seen.fit(44) == []


def test_cases_under_older_rules_are_said_and_then_no_more(own_filled: Screens, look: Look, picture: Keep) -> None:
    own_filled.db.execute("UPDATE case_state SET rules_version = rules_version - 1 WHERE subject < '000.00.05'")
    ((count,),) = own_filled.db.execute("SELECT count(*) FROM case_state WHERE subject < '000.00.05'").fetchall()
    wall, tablet = (
        look(own_filled.url("/man-hinh/ho-so")),
        look(own_filled.url("/man-hinh/may-tinh-bang"), "tablet-doc"),
    )
    wall.wait_text("#wall-foot", f"{count} hồ sơ chưa tính theo quy tắc mới")
    tablet.wait_text("#frame-source", f"{count} hồ sơ chưa tính theo quy tắc mới")
    picture(wall, "ho-so-quy-tac-cu")
    assert wall.fit(44) == []
    assert tablet.fit(15) == []
    own_filled.db.execute("UPDATE case_state SET rules_version = rules_version + 1 WHERE subject < '000.00.05'")
    wall.wait_text("#wall-foot", "đều khớp")


def test_a_period_that_takes_long_is_for_the_tablet(filled: Screens, look: Look) -> None:
    look(filled.url("/man-hinh/so-voi-cong?ky=nam"), live=False).wait_text("main", "KHÔNG CÓ TRANG NÀY")


def test_a_wall_that_cannot_be_read_holds_up_no_other(own_filled: Screens, look: Look) -> None:
    cases = look(own_filled.url("/man-hinh/ho-so"))
    before = figure(cases.text("#wall-accepted a"))
    with psycopg.connect(own_filled.database.migrate) as locking:
        locking.execute("LOCK forecast_run IN ACCESS EXCLUSIVE MODE")
        soon = look(own_filled.url("/man-hinh/sap-tre"), live=False)
        soon.page.wait_for_timeout(1_000)  # it is being read by now
        own_filled.db.execute("UPDATE case_by_unit_day SET accepted = accepted + 1 WHERE day = %s", (NOW.date(),))
        sample.receive(own_filled.db, own_filled.now())
        cases.wait_for("#wall-accepted a", lambda text: figure(text) > before, seconds=4)
        soon.wait_text("#three-lead", "không đọc được tình hình hồ sơ sắp trễ")
        own_filled.db.execute("UPDATE case_by_unit_day SET accepted = accepted + 1 WHERE day = %s", (NOW.date(),))
        before = figure(cases.text("#wall-accepted a"))
        sample.receive(own_filled.db, own_filled.now())
        cases.wait_for("#wall-accepted a", lambda text: figure(text) > before, seconds=4)
    soon.wait_text("#three-lead", "đến hạn")


def figure(text: str) -> int:
    return int(text.split()[0].replace(".", ""))
