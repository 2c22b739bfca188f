"""Dates of logs."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.province import ZONE, as_datetime
from streams.intake.moments import compile_pattern, reader

EXCEL = ("dd/MM/yyyy", "dd/MM/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss", "iso")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("05/03/2024 08:09", "2024-03-05T01:09:00Z"),
        ("05/03/2024 08:09:10", "2024-03-05T01:09:10Z"),
        ("2024-03-05T08:09:10+07:00", "2024-03-05T01:09:10Z"),
        ("2024-03-05 08:09:10", "2024-03-05T01:09:10Z"),
        ("2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276000Z"),
        ("2011-10-11T11:45:40Z", "2011-10-11T11:45:40Z"),
    ],
)
def test_a_moment_is_read_in_whichever_format_fits(text: str, utc: str) -> None:
    moment = reader(EXCEL, ZONE)(text)

    assert moment is not None
    assert (moment.text, moment.day) == (utc, None)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "  ", "\t", "\u3000", "\u200e \u200f"])
@pytest.mark.parametrize("formats", [EXCEL, ("dd/MM/yyyy\u00a0 HH:mm",), ("iso",)])
def test_white_space_of_any_kind_is_one_space(formats: tuple[str, ...], space: str) -> None:
    text = f"{space}2024-03-05{space}08:09{space}" if formats == ("iso",) else f"{space}05/03/2024{space}08:09{space}"
    moment = reader(formats, ZONE)(text)

    assert moment is not None
    assert moment.text == "2024-03-05T01:09:00Z"


@pytest.mark.parametrize("text", ["31/12/2024", "2024-12-31", "20241231"])
def test_a_day_is_known_as_only_a_day_and_begins_at_midnight_of_its_zone(text: str) -> None:
    moment = reader(EXCEL, ZONE)(text)

    assert moment is not None
    assert (moment.text, moment.day) == ("2024-12-30T17:00:00Z", date(2024, 12, 31))


@pytest.mark.parametrize(
    "text", ["31/02/2024", "5/3/2024", "05/03/24", "2024-13-01", "45000", "hôm qua", "05/03/2024 25:00"]
)
def test_what_fits_no_format_is_no_moment(text: str) -> None:
    assert reader(EXCEL, ZONE)(text) is None


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("d/M/yyyy h:mm a", "5/3/2024 1:05 CH", datetime(2024, 3, 5, 13, 5)),  # noqa: DTZ001 - as written
        ("d/M/yyyy h:mm a", "5/3/2024 12:05 SA", datetime(2024, 3, 5, 0, 5)),  # noqa: DTZ001
        ("M/d/yy h:mm a", "3/5/24 12:05 PM", datetime(2024, 3, 5, 12, 5)),  # noqa: DTZ001
        ("yyyyMMddHHmmss", "20240305080910", datetime(2024, 3, 5, 8, 9, 10)),  # noqa: DTZ001
        ("yyyy-MM-dd HH:mm:ss.SSS", "2024-03-05 08:09:10.5", datetime(2024, 3, 5, 8, 9, 10, 500_000)),  # noqa: DTZ001
    ],
)
def test_patterns_of_spreadsheets_and_of_java(pattern: str, text: str, expected: datetime) -> None:
    found = compile_pattern(pattern)(text)

    assert found == (expected, False)


@pytest.mark.parametrize("pattern", ["dd/MM", "dd/dd/MM/yyyy", "dd/MM/yyyy QQ", "", "yyyy-MM-dd yy"])
def test_a_pattern_that_cannot_name_a_day_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="date format"):
        compile_pattern(pattern)


def test_an_hour_that_occurs_twice_is_taken_the_first_time() -> None:
    moment = reader(("iso",), ZoneInfo("Europe/Amsterdam"))("2011-10-30 02:30:00")

    assert moment is not None
    assert moment.text == "2011-10-30T00:30:00Z"


@given(st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)))  # noqa: DTZ001
def test_what_excel_writes_is_read_back(at: datetime) -> None:
    moment = reader(EXCEL, ZONE)(at.strftime("%d/%m/%Y %H:%M:%S"))

    assert moment is not None
    assert as_datetime(moment.us) == at.replace(tzinfo=ZONE).astimezone(UTC)
