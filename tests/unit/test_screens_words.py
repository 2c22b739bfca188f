"""Numbers, ages and names as a screen writes them."""

from datetime import date, datetime, timedelta

import pytest

from dashboards import words
from dashboards.screens.parts import size
from schemas.province import ZONE
from tests.screens.sample import LONGEST, UNITS


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (999, "999"), (1234, "1.234"), (-1234, "−1.234"), (1_234_567, "1.234.567")]
)
def test_numbers_have_points_between_thousands_and_a_true_minus(value: int, written: str) -> None:
    assert words.number(value) == written


def test_a_tile_writes_millions_and_the_list_the_exact_number() -> None:
    assert words.tile_number(999_999) == "999.999"
    assert words.tile_number(1_234_567) == "1,23\u00a0triệu"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.942, "94,2\u00a0%"),
        (1.0, "100,0\u00a0%"),
        (0.9999, "99,9\u00a0%"),
        (0.0, "0,0\u00a0%"),
        (0.71627, "71,6\u00a0%"),
    ],
)
def test_a_rate_is_rounded_once_and_never_up_to_the_whole(share: float, written: str) -> None:
    assert words.percent(share) == written


@pytest.mark.parametrize(("difference", "written"), [(-0.008, "−0,8"), (0.0, "0,0"), (-0.00001, "0,0"), (0.021, "2,1")])
def test_points_have_a_sign_only_where_something_is_left_of_them(difference: float, written: str) -> None:
    assert words.points(difference) == written


def test_shares_of_one_whole_add_up_and_a_small_one_is_not_nothing() -> None:
    assert words.shares([1250, 109, 53, 22]) == ["87\u00a0%", "8\u00a0%", "4\u00a0%", "1\u00a0%"]
    assert words.shares([999, 1, 0, 0]) == ["100\u00a0%", "<\u00a01\u00a0%", "0\u00a0%", "0\u00a0%"]
    assert words.shares([0, 0]) == ["0\u00a0%", "0\u00a0%"]


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 giây"),
        (59, "59 giây"),
        (60, "1 phút"),
        (7199, "119 phút"),
        (7200, "2 giờ"),
        (172_800, "2 ngày"),
        (-5, "0 giây"),
    ],
)
def test_an_age_has_one_unit(seconds: int, written: str) -> None:
    assert words.age(timedelta(seconds=seconds)) == written.replace(" ", "\u00a0")


def test_the_last_moment_of_a_day_is_24_hours() -> None:
    midnight = datetime(2026, 11, 25, 0, 0, tzinfo=ZONE)
    assert words.deadline(midnight) == "24:00"
    assert words.deadline_day(midnight) == date(2026, 11, 24)


@pytest.mark.parametrize("name", [*UNITS, *LONGEST, "", "x" * 80, "Ủy ban nhân dân phường Phước Tân, bộ phận một cửa"])
def test_every_name_fits_a_walls_row_and_no_name_is_cut_with_dots(name: str) -> None:
    written = words.short_unit(name)
    assert words.width(written) <= words.WALL_NAME_EM
    assert "…" not in written
    assert written


def test_the_longest_names_keep_the_place_they_name() -> None:
    assert words.short_unit("Văn phòng Đăng ký đất đai chi nhánh Đồng Xoài") == "VP ĐKĐĐ Đồng Xoài"
    assert words.short_unit("Sở Nông nghiệp và Môi trường") == "Sở NN&MT"
    assert words.short_unit("") == "chưa rõ đơn vị"


def test_two_opaque_keys_stay_different_when_shortened() -> None:
    keys = [f"don-vi-rat-dai-{'0' * 50}-{number}" for number in range(3)]
    assert len({words.short_unit(key) for key in keys}) == 3


@pytest.mark.parametrize(
    ("value", "size_"),
    [(0, "v1"), (48_112, "v1"), (999_999, "v2"), (1_230_000, "v1"), (12_300_000, "v2"), (123_000_000, "v3")],
)
def test_a_number_is_as_large_as_fits(value: int, size_: str) -> None:
    assert size(value) == size_
