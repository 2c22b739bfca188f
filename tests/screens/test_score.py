"""The score of Quyết định 766 on the tablet: units, components, and the cases behind each number."""

from datetime import UTC, datetime, timedelta

import pytest

from infra.db.reference import load
from schemas.reference.reading import read
from tests.integration.filled import write_rollups
from tests.screens import sample
from tests.screens.conftest import Keep, Look, Screens, Shared, fill_longest, fill_province

SIZES = ("tablet-ngang", "tablet-doc")
WALLS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
SCORE = "/man-hinh/may-tinh-bang/diem-766"
# Flags by the case's place in the list; deadlines as they stand; a component and a half that only the portal publishes.
SCORED = """
UPDATE case_state s SET
    due_766 = due_at, ended_766 = ended_at, late_766 = CASE WHEN ended_at IS NOT NULL THEN ended_at > due_at END,
    score_flags = CASE WHEN n % 9 > 0 THEN 1 ELSE 0 END + CASE WHEN n % 4 > 0 THEN 2 ELSE 0 END
        + CASE WHEN n % 4 = 1 THEN 4 ELSE 0 END + CASE WHEN n % 7 = 0 THEN 8 ELSE 0 END
        + CASE WHEN n % 3 > 0 THEN 16 ELSE 0 END + CASE WHEN n % 5 = 0 THEN 32 ELSE 0 END
        + CASE WHEN n % 10 = 0 THEN 64 ELSE 0 END
        + CASE WHEN n % 50 = 0 THEN 128 ELSE 0 END + CASE WHEN channel = 'online' THEN 256 ELSE 0 END
FROM (SELECT subject, row_number() OVER (ORDER BY subject) AS n FROM case_state) AS numbered
WHERE numbered.subject = s.subject
"""
PUBLISHED = """
INSERT INTO subject_figure (domain, counter, unit, part, day, amount, subjects)
SELECT 'portal', counter, unit, 'month/PUBLISH_ON_TIME', date '2026-10-01', amount, 1
FROM unnest(ARRAY['Sở Tư pháp', 'Sở Xây dựng']) AS unit,
    (VALUES ('numerator', 2), ('denominator', 39)) AS said (counter, amount)
"""


def fill_scored(screens: Screens) -> None:
    fill_province(screens)
    load(screens.database.migrate, read(), datetime(2026, 11, 1, tzinfo=UTC))
    screens.db.execute(SCORED)
    screens.db.execute(PUBLISHED)
    write_rollups(screens.db)


@pytest.fixture
def scored(shared: Shared) -> Screens:
    screens = shared("scored", fill_scored)
    screens.alive()
    return screens


@pytest.mark.parametrize("size", SIZES)
def test_a_unit_leads_to_its_components_and_these_to_the_cases_they_lack(
    scored: Screens, look: Look, picture: Keep, size: str
) -> None:
    seen = look(scored.url(f"{SCORE}?ky=thang"), size)
    assert "điểm" in seen.text("h2.big")
    picture(seen, f"diem-766-{size}")
    assert seen.fit(15) == []

    seen.page.locator(".units ol .lr .un", has_text="Sở Tư pháp").click()
    seen.page.wait_for_selector(".parts")
    seen.wait_text("main", "hạng")
    picture(seen, f"diem-766-thanh-phan-{size}")
    assert seen.fit(15) == []
    assert "Nâng nhiều nhất" in seen.text(".lead")

    link = seen.page.locator(".parts ol .lr a.c").first
    count = link.inner_text()
    link.click()
    seen.page.wait_for_selector(".list.apart")
    seen.wait_text("h2.big", f"{count} hồ sơ")
    picture(seen, f"diem-766-ho-so-{size}")
    assert seen.fit(15) == []
    seen.page.locator(".apart li a").first.click()
    seen.page.wait_for_selector(".evs")


def test_every_number_of_cases_opens_as_many(scored: Screens, look: Look) -> None:
    seen = look(scored.url(f"{SCORE}/thanh-phan?ky=nam"), "tablet-ngang")
    links = [one.get_attribute("href") for one in seen.page.locator(".parts ol .lr a.c").all()]
    counts = seen.page.locator(".parts ol .lr a.c").all_inner_texts()
    assert len(links) > 3
    for link, count in zip(links, counts, strict=True):
        seen.turn_to(scored.url(str(link)))
        assert seen.text("h2.big").startswith(f"{count} ")


def test_the_other_reading_gives_other_points(scored: Screens, look: Look) -> None:
    totals = {
        word: look(scored.url(f"{SCORE}?ky=nam&cach={word}"), "tablet-ngang").text("h2.big")
        for word in ("cong", "phu-luc")
    }
    assert totals["cong"] != totals["phu-luc"]


@pytest.mark.parametrize("question", ["?cach=x", "?ky=x", "/ho-so?thanh-phan=1.1"])
def test_what_is_not_asked_well_is_said(filled: Screens, look: Look, question: str) -> None:
    look(filled.url(SCORE + question), "tablet-ngang").wait_text("main", "KHÔNG CÓ TRANG NÀY")


def fill_longest_scored(screens: Screens) -> None:
    """As ``scored``, at units of the longest names."""
    fill_longest(screens)
    screens.db.execute(SCORED)
    write_rollups(screens.db)


@pytest.mark.parametrize("size", WALLS)
def test_the_wall_names_the_lowest_units_and_what_lifts_them(
    shared: Shared, look: Look, picture: Keep, size: str
) -> None:
    screens = shared("longest-scored", fill_longest_scored)
    screens.alive()
    seen = look(screens.url("/man-hinh/diem-766"), size)
    seen.wait_text("#three-rows", "hồ sơ")
    assert seen.text("#three-lead").startswith("Toàn tỉnh ")
    assert seen.page.locator("#three-side li").count() == 6
    picture(seen, f"diem-766-{size}")
    assert seen.fit(WALLS[size]) == []


@pytest.mark.parametrize("size", WALLS)
def test_the_points_stay_a_working_day_after_their_source_fell_silent(
    shared: Shared, look: Look, picture: Keep, size: str
) -> None:
    silent = shared("silent", fill_longest_scored)
    sample.receive(silent.db, silent.now() - timedelta(minutes=9))
    seen = look(silent.url("/man-hinh/diem-766"), size)
    seen.wait_text("#three-lead", "Số đến 14:2")
    picture(seen, f"diem-766-im-lang-{size}")
    assert "đến 14:2" in seen.text("#three-rows")
    assert seen.page.locator("#three-rows a").count() > 3
    assert seen.fit(WALLS[size]) == []
    sample.receive(silent.db, silent.now() - timedelta(days=3))
    seen.wait_text("#three-lead", "không biết tình hình điểm 766")
    assert "IM LẶNG" in seen.text("#three-rows")
    assert seen.fit(WALLS[size]) == []


def test_a_wall_without_cases_says_so(own_longest: Screens, look: Look) -> None:
    own_longest.alive()
    own_longest.db.execute("DELETE FROM case_state")
    write_rollups(own_longest.db)
    seen = look(own_longest.url("/man-hinh/diem-766"), "wall")
    seen.wait_text("#three-lead", "Chưa có số để tính điểm")
    assert seen.fit(44) == []
