"""20,000 cells of known workbooks and 400 broken workbooks; a million by ``python -m tests.fuzz``."""

import secrets
from pathlib import Path

import pytest

from streams.intake import number_format
from tests.fuzz import formats
from tests.fuzz.broken_workbooks import BrokenWorkbooks
from tests.fuzz.run_files import Files
from tests.fuzz.run_workbooks import Misread, hold
from tests.fuzz.workbooks import WorkbookMaker
from tests.settings import SuiteSettings

CELLS = 20_000
BROKEN = 400


def seed_of(suite: SuiteSettings) -> int:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"IOC_TEST_SEED={seed}")
    return seed


def test_every_cell_of_a_workbook_is_read_as_what_it_is(suite: SuiteSettings) -> None:
    seen = hold(WorkbookMaker(seed_of(suite)).workbooks(CELLS))

    assert seen.cells == CELLS
    shown = (formats.DAY, formats.MOMENT, formats.CLOCK, formats.DURATION, formats.NUMBER, formats.SHARE, formats.CODE)
    assert all(seen.shown[one] > 100 for one in (*shown, "s", "str", "inlineStr", "e", "b", "d"))


def test_the_formats_are_those_of_the_standard_and_two_hundred_of_real_files() -> None:
    assert {form.number for form in formats.BUILT_IN} >= set(number_format.BUILT_IN)
    assert len({form.code for form in formats.REAL}) >= 200


def test_a_reader_that_takes_letters_in_quotes_for_days_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself: with a reader that looks for letters, as libraries do, it must not pass."""

    def by_letters(code: str) -> number_format.NumberFormat:
        shows = number_format.Shows.DAY if set("dmyh") & set(code) else number_format.Shows.NUMBER
        clock = bool(set("hs") & set(code))
        return number_format.NumberFormat((number_format.Section(shows, clock),), (None,))

    monkeypatch.setattr(number_format, "read", by_letters)
    with pytest.raises(Misread, match="read"):
        hold(WorkbookMaker(1).workbooks(500))


def test_no_broken_workbook_crashes_the_reader_or_comes_back(suite: SuiteSettings, tmp_path: Path) -> None:
    seen = Files(tmp_path).run(BrokenWorkbooks(seed_of(suite)).inputs(BROKEN))

    assert seen.inputs == BROKEN
    assert seen.taken[".xlsx"] > BROKEN / 10, "so few were taken that nothing is shown"
    assert seen.refused[".xlsx"] > 0
