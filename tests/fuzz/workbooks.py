"""Workbooks whose cells are known: random values in every number format of the standard and in those of real files.

A case is one cell: how it is stored, and what has to be read of it. Moments are chosen first and then turned into the
number that a spreadsheet keeps, so that the reader is held against arithmetic that is not its own.
"""

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tests.fuzz import formats
from tests.fuzz.formats import BUILT_IN, REAL, Format
from tests.unit.workbooks import cell, inline, packed

COLUMNS = 20
ROWS = 20
FIRST = date(1900, 3, 1)  # the days before it are counted otherwise: test_workbook_cells.py
DAYS = (date(9999, 12, 31) - FIRST).days
ZERO = date(1899, 12, 30)
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy ỳỷỹýỵạảấậ ÂÔƠƯĐ0123456789-/_.,;:%&<>\"'()[]日本😀\u00a0"


@dataclass(frozen=True, slots=True)
class Case:
    """``inside`` is the XML of the cell and ``value`` what openpyxl would be given, where it can write it. Read must be
    ``text``, or a fault of ``rule``; of a number also ``plain``."""

    inside: str
    text: str
    kind: str = "n"
    form: Format = BUILT_IN[0]
    value: object = None
    rule: str = ""
    plain: str | None = None
    shared: str | None = None  # the content of a shared text


@dataclass(frozen=True, slots=True)
class KnownWorkbook:
    content: bytes
    cases: dict[str, Case]  # by place


class WorkbookMaker:
    """Workbook after workbook; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._all = (*REAL, *BUILT_IN)
        self._next = 0

    def workbooks(self, cells: int) -> Iterator[KnownWorkbook]:
        """Of so many cells in all."""
        while cells > 0:
            made = (
                self._raw(min(cells, COLUMNS * ROWS)) if self._rng.random() < 0.8 else self._by_openpyxl(min(cells, 60))
            )
            cells -= len(made.cases)
            yield made

    def _raw(self, count: int) -> KnownWorkbook:
        cases = {_place(n): self._case() for n in range(count)}
        used = list(dict.fromkeys(one.form for one in cases.values()))
        own = [form for form in used if form.code]
        built_in = [form for form in used if not form.code]
        style = {form: n for n, form in enumerate((*own, *built_in), 1)}
        texts = [one.shared for one in cases.values() if one.shared is not None]
        numbers = iter(range(len(texts)))
        rows: dict[int, list[str]] = {}
        for n, (place, one) in enumerate(cases.items()):
            inside = one.inside if one.shared is None else f"<v>{next(numbers)}</v>"
            rows.setdefault(n // COLUMNS + 1, []).append(cell(place, inside, one.kind, style[one.form]))
        text = "".join(f'<row r="{line}">{"".join(cells)}</row>' for line, cells in rows.items())
        content = packed(
            text,
            [form.code for form in own],
            [form.number for form in built_in],
            texts,
            strict=self._rng.random() < 0.2,
        )
        return KnownWorkbook(content, cases)

    def _by_openpyxl(self, count: int) -> KnownWorkbook:
        book = Workbook()
        page = book.create_sheet("Sổ", 0)
        cases: dict[str, Case] = {}
        while len(cases) < count:
            one = self._case()
            if one.value is not None and one.form.code:
                place = _place(len(cases))
                page[place] = one.value
                page[place].number_format = one.form.code
                cases[place] = one
        out = io.BytesIO()
        book.save(out)
        return KnownWorkbook(out.getvalue(), cases)

    def _case(self) -> Case:
        rng = self._rng
        match rng.randrange(12):
            case 0 | 1:
                return self._text()
            case 2:
                return self._other()
        form = self._all[self._next % len(self._all)]  # none is left out
        self._next += 1
        return self._in_format(form)

    def _in_format(self, form: Format) -> Case:
        rng = self._rng
        match form.shows:
            case formats.NUMBER:
                whole = rng.choice((0, 1, -1, rng.randrange(10**4), -rng.randrange(10**6), rng.randrange(10**14)))
                if rng.random() < 0.5 or abs(whole) > 10**8:
                    return Case(f"<v>{whole}</v>", str(whole), form=form, value=whole, plain=str(whole))
                text = f"{whole}.{rng.randrange(1, 10**4):04d}".rstrip("0")
                return Case(f"<v>{text}</v>", text, form=form, value=float(text), plain=text)
            case formats.SHARE:
                thousandths = rng.randrange(1_500)
                plain = f"{thousandths // 10}.{thousandths % 10}".removesuffix(".0")
                stored = thousandths / 1000
                return Case(f"<v>{stored!r}</v>", f"{plain}%", form=form, value=stored, plain=plain)
            case formats.SCIENTIFIC:
                whole = rng.randrange(1, 10) * 10 ** rng.randrange(1, 14)
                shown = f"{str(whole)[0]}E+{len(str(whole)) - 1:02d}"
                return Case(f"<v>{whole}</v>", shown, form=form, value=whole, plain=str(whole))
            case formats.CODE:
                whole = rng.randrange(10 ** rng.randrange(1, 13))
                shown = f"{form.before}{whole:0{form.zeros}d}"
                return Case(f"<v>{whole}</v>", shown, form=form, value=whole, plain=str(whole))
            case formats.DURATION:
                seconds = rng.randrange(1, 10**7)
                text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
                return Case(f"<v>{seconds / 86_400!r}</v>", text, form=form)
        return self._moment(form)

    def _moment(self, form: Format) -> Case:
        rng = self._rng
        seconds = rng.randrange(86_400)
        clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        if rng.random() < 0.05:
            return Case("<v>0</v>", "" if form.shows != formats.CLOCK else "00:00:00", form=form)
        if rng.random() < 0.05:
            stored = rng.choice(("-1", "2958466", "-0.25", "1e9"))
            return Case(f"<v>{stored}</v>", "", form=form, rule="date_out_of_range")
        if form.shows == formats.CLOCK and seconds:
            return Case(f"<v>{seconds / 86_400!r}</v>", clock, form=form)
        day = FIRST + timedelta(days=rng.randrange(DAYS))
        if form.shows == formats.DAY and rng.random() < 0.8:
            return Case(f"<v>{(day - ZERO).days}</v>", day.isoformat(), form=form, value=day)
        if form.shows == formats.DAY and not seconds:
            return Case(f"<v>{(day - ZERO).days}.0</v>", day.isoformat(), form=form)
        at = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - a cell has no zone
        return Case(f"<v>{(day - ZERO).days + seconds / 86_400!r}</v>", at.isoformat(), form=form, value=at)

    def _text(self) -> Case:
        rng = self._rng
        text = "".join(rng.choices(_LETTERS, k=rng.randrange(1, 30))) + rng.choice(
            ("", "", "_x0041_", "_x00e0_a", "_x")
        )
        said = _ESCAPE.sub("_x005F_", text)
        if rng.random() < 0.2:
            text, said = f"{text}\r", f"{said}_x000D_"
        stored = escape(said)
        match rng.randrange(4):
            case 0:
                return Case(f"<is><t>{stored}</t></is>", text, "inlineStr")
            case 1:
                return Case(f"<f>A1</f><v>{stored}</v>", text, "str")
            case 2:
                at = rng.randrange(len(said) + 1)
                runs = (escape(said[:at]), escape(said[at:]))
                shared = f"<r><rPr><b/></rPr><t>{runs[0]}</t></r><r><t xml:space='preserve'>{runs[1]}</t></r>"
                return Case("", text, "s", shared=f"{shared}<rPh sb='0' eb='1'><t>phonetic</t></rPh>")
        return Case("", text, "s", shared=f"<t>{stored}</t>")

    def _other(self) -> Case:
        rng = self._rng
        form = rng.choice(REAL)
        day = (FIRST + timedelta(days=rng.randrange(DAYS))).isoformat()
        return rng.choice(
            (
                Case(
                    f"<v>{rng.choice(('#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#SPILL!'))}</v>",
                    "",
                    "e",
                    form,
                    rule="cell_error",
                ),
                Case("<f>VLOOKUP(A1,B:C,2,0)</f><v>#N/A</v>", "", "e", form, rule="cell_error"),
                Case("<f>NOW()</f>", "", "n", form, rule="formula_not_computed"),
                Case("<f>A1+4</f><v/>", "", "n", form, rule="formula_not_computed"),
                Case("<f>A1</f><v></v>", "", "str", form),
                Case("<v>1</v>", "true", "b", form, value=True),
                Case("<v>0</v>", "false", "b", form, value=False),
                Case(f"<v>{day}</v>", day, "d", form),
                Case(f"<v>{day}T08:30:00Z</v>", f"{day}T08:30:00", "d", form),
                Case("<v>0001-01-01</v>", "", "d", form),
                Case("<v>12,5</v>", "", "n", form, rule="cell_error"),
                Case("<v>999999999</v>", "", "s", form, rule="cell_error"),
                Case("<v>1234567890123456789</v>", "1.23457E+18", "n", formats.CODES[0], plain="1.23457E+18"),
                Case(inline(""), "", "inlineStr", form),
                Case("", "", "n", form),
            )
        )


def _place(number: int) -> str:
    return f"{get_column_letter(number % COLUMNS + 1)}{number // COLUMNS + 1}"
