"""The pages besides cases: what they say in each state, that it fits, and that each number is its list."""

from datetime import timedelta

import pytest

from dashboards.views.topics.declared import TOPICS
from infra.db.reference import load
from schemas.reference.reading import read
from tests.screens import sample, topic_sample
from tests.screens.conftest import NOW, SIZES, Keep, Look, Screens, Shared
from tests.screens.watched import Watched

WALLS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
TABLETS = {"tablet-ngang": 15.0, "tablet-doc": 15.0}
TABLET = "/man-hinh/may-tinh-bang"


def fill_topics(screens: Screens) -> None:
    """Every topic, with the longest names among the units, live; names as the reference has them."""
    load(screens.database.migrate, read(), NOW)
    topic_sample.fill(screens.database, (*sample.LONGEST, *sample.UNITS[:6]), NOW)
    sample.beat(screens.db, screens.now() + timedelta(hours=1))
    sample.audited(screens.db, NOW - timedelta(minutes=2), 3_213)


@pytest.fixture
def topics(shared: Shared) -> Screens:
    return shared("topics", fill_topics)


@pytest.mark.parametrize("sizes", [WALLS, TABLETS], ids=["wall", "tablet"])
def test_every_page_fits_at_every_size(topics: Screens, look: Look, picture: Keep, sizes: dict[str, float]) -> None:
    wrong: dict[tuple[str, str], list[str]] = {}
    prefix = "/man-hinh" if sizes is WALLS else TABLET
    seen = look(topics.url(f"{prefix}/nhiem-vu"), next(iter(sizes)))
    for name in TOPICS:
        for index, (size, floor) in enumerate(sizes.items()):
            width, height = SIZES[size]
            seen.page.set_viewport_size({"width": width, "height": height})
            if index == 0:
                seen.page.goto(topics.url(f"{prefix}/{name}"))
                seen.page.wait_for_selector("html[data-live=live]")
            picture(seen, f"{name}-{size}")
            if misfits := [*seen.fit(floor), *seen.wrong_charts()]:
                wrong[name, size] = misfits
        seen.page.reload()
        seen.page.wait_for_selector("html[data-live=live]")
        assert seen.wrong_charts() == [], name
    assert wrong == {}


def test_every_number_opens_exactly_its_list(topics: Screens, look: Look) -> None:
    """On wall, tablet and in the tables; the list has as much as the number said, in as many rows as it has."""
    asked: set[str] = set()
    wrong = []
    seen = look(topics.url(f"{TABLET}/nhiem-vu"), "tablet-ngang")
    addresses = [f"/man-hinh/{name}" for name in TOPICS] + [
        f"{TABLET}/du-lieu?ky=nam&phan=ho-tich",
        f"{TABLET}/nhiem-vu?ky=tat-ca&don-vi=25195",
        f"{TABLET}/cong-quoc-gia/bang?ky=nam&mien=portal&theo=phan",
        f"{TABLET}/ha-tang/bang?ky=thang&mien=system&theo=phan",
    ]
    for address in addresses:
        seen.page.goto(topics.url(address))
        seen.page.wait_for_selector("a[data-count]", state="attached")
        numbers = seen.page.eval_on_selector_all(
            "a[data-count]", "all => all.map(e => [e.getAttribute('href'), Number(e.dataset.count)])"
        )
        few = 0 if address.endswith("/tra-cuu") else 3 if "/bang" in address else 8
        assert len(numbers) > few, address
        for href, count in numbers:
            if href not in asked:
                asked.add(href)
                if (found := opened(topics, seen, href)) != (count, count):
                    wrong.append((address, href, count, found))
    assert wrong == []
    assert len(asked) > 140


def opened(screens: Screens, seen: Watched, href: str) -> tuple[int, int]:
    """What the opening says that it counts, and what its rows add up to."""
    response = seen.page.context.request.get(screens.url(href), max_redirects=0)
    assert response.status == 303, (href, response.status, response.text())
    opening_id = response.headers["location"].split("?")[0].rsplit("/", 1)[1]
    row = screens.db.execute(
        "SELECT amount, (SELECT coalesce(sum(i.amount), 0) FROM opening_item i WHERE opening_id = id)"
        " FROM opening WHERE id = %s",
        [opening_id],
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def test_lists_subjects_and_tables_fit(topics: Screens, look: Look, picture: Keep) -> None:
    seen = look(topics.url("/man-hinh/mo?mien=task&so=overdue&ky=nam"), "tablet-ngang", live=False)
    wrong = {}
    for size, floor in TABLETS.items():
        width, height = SIZES[size]
        seen.page.set_viewport_size({"width": width, "height": height})
        for name, address in (
            ("danh-sach-nhiem-vu", "/man-hinh/mo?mien=task&so=overdue&ky=nam"),
            ("bang-nhiem-vu", f"{TABLET}/nhiem-vu/bang?mien=task"),
            ("danh-sach-nguon", "/man-hinh/mo?mien=source&so=events"),
        ):
            seen.page.goto(topics.url(address))
            seen.page.wait_for_selector(".list li")
            seen.page.wait_for_timeout(300)
            picture(seen, f"{name}-{size}")
            if misfits := seen.fit(floor):
                wrong[name, size] = misfits
        seen.page.goto(topics.url("/man-hinh/mo?mien=task&so=blocked&ky=nam"))
        seen.page.locator(".cases li a").first.click()
        seen.page.wait_for_selector(".evs .ev")
        seen.page.wait_for_timeout(300)
        assert "Giao nhiệm vụ" in seen.text(".evs")
        picture(seen, f"mot-nhiem-vu-{size}")
        if misfits := seen.fit(floor):
            wrong["mot-nhiem-vu", size] = misfits
    assert wrong == {}


def test_a_page_is_late_then_silent_then_says_that_processing_stopped(
    screens: Screens, look: Look, picture: Keep
) -> None:
    fill_topics(topics := screens)
    sample.receive(topics.db, topics.now() - timedelta(days=9))
    seen = look(topics.url("/man-hinh/nhiem-vu"))
    seen.wait_text("#topic-number-0", "chậm")
    assert seen.fit(44) == []
    sample.receive(topics.db, topics.now() - timedelta(days=40))
    seen.wait_text("#topic-lead", "Tổ thư ký im lặng 40 ngày")
    assert seen.page.locator("main a[href]:visible").count() == 0
    picture(seen, "nhiem-vu-im-lang")
    assert seen.fit(44) == []
    sample.receive(topics.db, topics.now())
    sample.beat(topics.db, topics.now() - timedelta(minutes=3))
    seen.wait_text("#topic-number-0", "ĐÃ DỪNG")
    assert "đến" in seen.text("#topic-main"), "what is over stays"
    picture(seen, "nhiem-vu-xu-ly-dung")
    assert seen.fit(44) == []
    tablet = look(topics.url(f"{TABLET}/nhiem-vu"), "tablet-ngang")
    tablet.wait_text("#tt-lead", "đã dừng")
    picture(tablet, "nhiem-vu-xu-ly-dung-tablet-ngang")
    assert tablet.fit(15) == []


def test_before_any_data_each_page_says_so(screens: Screens, look: Look, picture: Keep) -> None:
    seen = look(screens.url("/man-hinh/nhiem-vu"))
    seen.wait_text("#topic-lead", "Chưa có dữ liệu nhiệm vụ")
    assert seen.page.locator(".sim").count() == 0
    picture(seen, "nhiem-vu-chua-co-du-lieu")
    assert seen.fit(44) == []
    tablet = look(screens.url(f"{TABLET}/nguon"), "tablet-doc")
    tablet.wait_text("#tt-lead", "Chưa có dữ liệu")
    assert tablet.fit(15) == []
