"""Reads known workbooks and holds every cell against what it has to be."""

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from streams.intake.xlsx import Workbook
from streams.intake.xlsx_cells import CellNumber, Fault
from tests.fuzz.workbooks import COLUMNS, Case, KnownWorkbook


class Misread(AssertionError):
    """A cell was read as something that it is not; the message has its number and how it is stored."""


@dataclass
class SeenWorkbooks:
    workbooks: int = 0
    cells: int = 0
    shown: Counter[str] = field(default_factory=Counter)  # by what their formats show


def hold(workbooks: Iterable[KnownWorkbook], show_every: int = 0) -> SeenWorkbooks:
    """Raises :class:`Misread`."""
    seen = SeenWorkbooks()
    for one in workbooks:
        found = read(one.content)
        for place, case in one.cases.items():
            said = found.get(place, "")
            if not agrees(said, case):
                raise Misread(
                    f"workbook {seen.workbooks}, {place}: {case}: read {said!r} {getattr(said, 'rule', '')}"
                    f" {getattr(said, 'plain', '')}"
                )
            seen.cells += 1
            seen.shown[case.form.shows if case.kind == "n" else case.kind] += 1
            if show_every and seen.cells % show_every == 0:
                print(f"{seen.cells} cells", flush=True)
        seen.workbooks += 1
    return seen


def agrees(said: str, case: Case) -> bool:
    if isinstance(said, Fault):
        return said.rule == case.rule
    plain = said.plain if isinstance(said, CellNumber) else None
    return not case.rule and said == case.text and plain == case.plain


def read(content: bytes) -> dict[str, str]:
    book = Workbook(io.BytesIO(content))
    return {
        f"{chr(65 + column)}{line}": said
        for line, cells in book.rows("Sổ")
        for column, said in enumerate(cells[:COLUMNS])
    }
