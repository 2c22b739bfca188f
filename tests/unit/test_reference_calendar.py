"""Working days and spellings."""

from datetime import date
from unicodedata import normalize

import pytest

from schemas.province import as_date, day_number
from schemas.reference.reading import read
from schemas.reference.spelling import composed, spellings
from schemas.rules.worktime import WorkTime


@pytest.fixture(scope="module")
def work() -> WorkTime:
    return WorkTime(placed.row for placed in read().calendar)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2024, 1, 31), True),
        (date(2024, 2, 3), False),  # a Saturday
        (date(2024, 2, 14), False),  # Tết
        (date(2024, 4, 29), False),  # swapped with the Saturday after
        (date(2024, 5, 4), True),
        (date(2026, 1, 2), False),  # swapped with the Saturday of the week after
        (date(2026, 1, 10), True),
        (date(2026, 4, 27), False),  # for a holiday on a Sunday
    ],
)
def test_holidays_and_swapped_days_are_known(work: WorkTime, day: date, working: bool) -> None:
    assert work.is_working(day_number(day)) is working


def test_working_days_are_counted_across_holidays_and_swapped_days(work: WorkTime) -> None:
    def after(day: date, working_days: int) -> date:
        return as_date(work.add_days(day_number(day), working_days))

    def between(first: date, last: date) -> int:
        return work.days_between(day_number(first), day_number(last))

    assert after(date(2024, 2, 7), 1) == date(2024, 2, 15)
    assert between(date(2024, 2, 7), date(2024, 2, 15)) == 1
    assert after(date(2024, 4, 26), 3) == date(2024, 5, 4)
    assert after(date(2024, 4, 26), 0) == date(2024, 4, 26)
    assert between(date(2024, 4, 26), date(2024, 4, 20)) == 0


def test_a_year_without_a_calendar_follows_its_weekdays(work: WorkTime) -> None:
    assert not work.names(day_number(date(2030, 1, 1)))
    assert work.is_working(day_number(date(2030, 1, 1)))
    assert not work.is_working(day_number(date(2030, 1, 5)))


def test_a_name_is_found_however_its_letters_are_put_together() -> None:
    assert composed(normalize("NFD", " Phường Trấn Biên ")) == normalize("NFC", "Phường Trấn Biên")


@pytest.mark.parametrize(
    ("one", "other"), [("Xã Bảo Hoà", "Xã Bảo Hòa"), ("Phường Thuỷ", "Phường Thủy"), ("Xã KHOẺ", "Xã KHỎE")]
)
def test_a_name_is_found_wherever_its_tone_mark_stands(one: str, other: str) -> None:
    assert other in spellings(one)
    assert one in spellings(other)


def test_names_with_one_right_way_have_one_spelling() -> None:
    assert spellings("Xã Hoàng Quý Toàn") == ("Xã Hoàng Quý Toàn",)
