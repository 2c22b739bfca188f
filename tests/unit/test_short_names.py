"""A unit's name on a wall is never a cut word: over every unit of every year that the reference data has."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import dashboards
from dashboards import part_names, unit_names, words
from dashboards.screens.listing import PROCEDURE_EM
from dashboards.short_names import ALWAYS_SHORT, ALWAYS_SHORT_WORDS, DISTRICTS, SHORTER, fitting
from dashboards.unnamed import UNNAMED, unnamed
from dashboards.views.process.headline import LONG_NAME_EM
from dashboards.views.process.wall import NAME_EM, WAY_EM
from schemas.reference.reading import read
from schemas.reference.rows import Unit

ROOMS = (words.WALL_NAME_EM, 10.3, 8.9, 8.0, 7.5)  # of a wall's rows, in em; the narrowest beside a date and a lateness
NO_ROOM = (5.0, 3.0, 0.5)


@cache
def units() -> tuple[Unit, ...]:
    return tuple(placed.row for placed in read().units)


@cache
def abbreviations(kind: str = "unit") -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for placed in read().other_names:
        if placed.row.kind == kind and placed.row.note == "abbreviation":
            found[placed.row.code].append(placed.row.alias)
    return {key: tuple(short) for key, short in found.items()}


@pytest.fixture(autouse=True)
def as_loaded() -> Iterator[None]:
    unit_names.hold({unit.code: unit.name for unit in units()}, abbreviations())
    things = {("system", one.row.code): one.row.name for one in read().systems}
    things |= {("procedure", one.row.code): one.row.name for one in read().procedures}
    part_names.hold(things, abbreviations("procedure"))
    yield
    unit_names.hold({}, {})
    part_names.hold({})


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


def test_no_procedure_is_written_as_its_code_or_cut_on_any_wall_or_list() -> None:
    for one in read().procedures:
        procedure = one.row
        for most in (LONG_NAME_EM, PROCEDURE_EM, NAME_EM, WAY_EM):
            text = words.procedure_name(procedure.name, procedure.code, most)
            assert words.width(text) <= most, (procedure.name, text)
            assert "··" not in text, procedure.name
            assert procedure.code not in text, procedure.name


def test_a_procedure_that_only_its_source_names_is_not_cut_either() -> None:
    name = "Thẩm định báo cáo đánh giá tác động môi trường"
    for most in (LONG_NAME_EM, PROCEDURE_EM, NAME_EM, WAY_EM):
        text = words.procedure_name(name, name, most)
        assert "··" not in text
        assert words.width(text) <= most
        assert text.endswith(("môi trường", "ĐTM")), "no syllable of a word alone"


def test_no_system_is_cut_on_any_wall() -> None:
    for one in read().systems:
        for most in (*ROOMS, *NO_ROOM):
            text = words.short_unit(part_names.name("system", one.row.code), most)
            assert "··" not in text, (one.row.name, text)
            if most in ROOMS[:2]:
                assert words.width(text) <= most, (one.row.name, text)


def test_what_has_no_name_is_said_to_have_none() -> None:
    assert part_names.name("system", "kho-moi") == "chưa có tên: kho-moi"
    assert words.procedure("9.999999") == "chưa có tên: 9.999999"
    assert words.procedure("Cấp phép xây dựng nhà ở") == "Cấp phép xây dựng nhà ở"  # as a source wrote it
    assert words.unit("so-moi") == "chưa có tên: so-moi"
    assert words.short_unit("so-moi") == "chưa có tên: so-moi"
    assert words.short_unit("so-moi-rat-dai-x", 11.0) == "so-moi-rat-dai-x"
    assert UNNAMED not in words.short_unit("x" * 80)
    assert unnamed("") == ""
    assert words.procedure("") == "chưa rõ thủ tục"


RAW = re.compile(r"\.get\(([\w.\[\]]+), \1\)")
NAMES_ONLY = {"reference.py", "unit_names.py", "live.py", "table.py"}  # what they give is named where it is shown


def test_no_screen_falls_back_on_a_raw_key() -> None:
    """``NAMES.get(key, key)`` shows the key of what was forgotten: :func:`dashboards.unnamed.named` says so instead."""
    raw = [
        (path.name, found[0])
        for path in sorted(Path(dashboards.__file__).parent.rglob("*.py"))
        for found in RAW.finditer(path.read_text("utf-8"))
        if path.name not in NAMES_ONLY and "unit(names.get(" + found[1] not in path.read_text("utf-8")
    ]

    assert raw == []
