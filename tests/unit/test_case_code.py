"""Case codes: three forms that are understood, and anything else without spaces, which is just as valid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.case_code import CaseCode, ParsedCode, parse

CODE: TypeAdapter[str] = TypeAdapter(CaseCode)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("000.00.19.H19-240131-0001", ParsedCode("000.00.19.H19", date(2024, 1, 31), 1)),
        ("H19.19-240131-0001", ParsedCode("H19.19", date(2024, 1, 31), 1)),
        ("H19.19.02-240229-12", ParsedCode("H19.19.02", date(2024, 2, 29), 12)),
        ("H19-240131-0001", ParsedCode("H19", date(2024, 1, 31), 1)),
        ("G09.20-20260609-0092637", ParsedCode("G09.20", date(2026, 6, 9), 92637)),
    ],
)
def test_each_known_form_gives_its_unit_day_and_number(code: str, parts: ParsedCode) -> None:
    assert parse(code) == parts
    assert CODE.validate_python(code) == code


@pytest.mark.parametrize(
    "code",
    [
        "case-10011",
        "HS/2024/15",
        "H19.19-241331-0001",  # no month 13
        "H19.19-230229-0001",  # no leap year
        "H19.19-00000101-0001",  # no year 0
        "H19.19-2401311-0001",  # seven digits
        "H19.19-240131-",
        "h19.19-240131-0001",
        "H19.19-240131-0001\n",
        "Đ-77/2024",
    ],
)
def test_any_other_code_is_opaque(code: str) -> None:
    assert parse(code) is None


@pytest.mark.parametrize("code", ["Đ-77/2024", "case-10011", "x" * 64, "ỹ"])
def test_an_opaque_code_is_valid(code: str) -> None:
    assert CODE.validate_python(code) == code


@pytest.mark.parametrize("code", ["", "x" * 65, "A 1", "A\t1", "A\0", "A\n", "\u200b", "😀"])
def test_spaces_control_characters_and_foreign_signs_make_no_code(code: str) -> None:
    with pytest.raises(ValidationError):
        CODE.validate_python(code)


@given(st.text(max_size=70))
def test_no_text_does_more_than_not_parse(code: str) -> None:
    parse(code)
