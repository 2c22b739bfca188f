"""A unit's name on a wall is never a cut word: over every unit of every year that the reference data has."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from dashboards import unit_names, words
from dashboards.short_names import ALWAYS_SHORT, ALWAYS_SHORT_WORDS, DISTRICTS, SHORTER, fitting
from schemas.reference.reading import read
from schemas.reference.rows import Unit

ROOMS = (words.WALL_NAME_EM, 10.3, 8.9, 8.0, 7.5)  # of a wall's rows, in em; the narrowest beside a date and a lateness
NO_ROOM = (5.0, 3.0, 0.5)


@cache
def units() -> tuple[Unit, ...]:
    return tuple(placed.row for placed in read().units)


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for placed in read().other_names:
        if placed.row.kind == "unit" and placed.row.note == "abbreviation":
            found[placed.row.code].append(placed.row.alias)
    return {key: tuple(short) for key, short in found.items()}


@pytest.fixture(autouse=True)
def as_loaded() -> Iterator[None]:
    unit_names.hold({unit.code: unit.name for unit in units()}, abbreviations())
    yield
    unit_names.hold({}, {})


def known_words(unit: Unit) -> set[str]:
    """The name's own words, those of its abbreviations, and the ones that stand for a word of any name."""
    shorts = [short for _, short in (*ALWAYS_SHORT, *ALWAYS_SHORT_WORDS, *DISTRICTS, *SHORTER)]
    return {word for text in (unit.name, *abbreviations().get(unit.code, ()), *shorts) for word in text.split()}


def written(unit: Unit, most: float) -> str:
    return fitting(unit.name, abbreviations().get(unit.code, ()), most, words.width) or ""


def test_no_unit_of_any_year_is_written_with_a_cut_word() -> None:
    assert len({unit.name for unit in units()}) > 250
    assert {unit.valid_from < date(2025, 7, 1) for unit in units()} == {True, False}
    cut = [
        (unit.name, text)
        for unit in units()
        for most in (*ROOMS, *NO_ROOM)
        if not (text := written(unit, most)) or set(text.split()) - known_words(unit)
    ]

    assert cut == []


def test_every_unit_of_every_year_fits_the_rows_of_a_wall() -> None:
    wide = [(unit.name, text) for unit in units() for most in ROOMS if words.width(text := written(unit, most)) > most]

    assert wide == []


@pytest.mark.parametrize(
    ("name", "most", "short"),
    [
        ("Sở Tài nguyên và Môi trường", words.WALL_NAME_EM, "Sở TN&MT"),
        ("Sở Dân tộc và Tôn giáo", words.WALL_NAME_EM, "Sở DT&TG"),
        ("Sở Kế hoạch và Đầu tư", words.WALL_NAME_EM, "Sở KH&ĐT"),
        ("Sở Lao động - Thương binh và Xã hội", words.WALL_NAME_EM, "Sở LĐTBXH"),
        ("Sở Nông nghiệp và Phát triển nông thôn", words.WALL_NAME_EM, "Sở NN&PTNT"),
        ("Sở Giao thông vận tải", 10.3, "Sở GTVT"),
        ("Bảo hiểm xã hội tỉnh", 8.0, "BHXH tỉnh"),
        ("Sở Công Thương", 8.0, "Sở CT"),
        ("Phường Trấn Biên", words.WALL_NAME_EM, "P. Trấn Biên"),
        ("Huyện Long Thành", 8.0, "H. Long Thành"),
        ("Cổng quốc gia", 6.0, "quốc gia"),
    ],
)
def test_a_name_that_is_known_is_abbreviated_by_the_table(name: str, most: float, short: str) -> None:
    assert words.short_unit(name, most) == short


def test_a_key_is_abbreviated_as_its_name_is() -> None:
    assert words.short_unit("so-tai-nguyen-va-moi-truong") == "Sở TN&MT"


def test_abbreviations_name_one_unit_of_a_day_each() -> None:
    """Also what a source writes is resolved by them."""
    by_short: defaultdict[str, set[str]] = defaultdict(set)
    for key, shorts in abbreviations().items():
        for short in shorts:
            by_short[short].add(key)

    assert {short: keys for short, keys in by_short.items() if len(keys) > 1} == {}
