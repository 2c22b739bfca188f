"""A copy of a file that was read, for whoever filled it in: its wrong cells marked, and a list of what to do.

A workbook is copied as a whole, formats and lists to choose from included; of another file, and of a workbook too large
to be held, only the list is written. The copy can be corrected and imported in place of the file.
"""

import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from schemas.inert import inert
from streams.intake import reject_advice
from streams.intake.rows import Rejection

MOST_MARKED = 10_000  # rejections of one file; a file with more is wrong as a whole
MOST_UNPACKED = 32 << 20  # bytes of all parts of a workbook that is copied
LIST = "Cần sửa"
HEADINGS = ("Trang", "Ô", "Dòng", "Cột", "Việc cần làm", "Quy tắc")
WIDTHS = (22, 8, 8, 26, 80, 24)
WRONG = PatternFill("solid", fgColor="FFC7CE")
# openpyxl has no error of its own for a workbook that it cannot hold: whatever it stumbles over is one of these.
CANNOT = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, zipfile.BadZipFile),
)


def write(file: Path, rejections: Sequence[Rejection], more: int, out: Path) -> bool:
    """Writes the copy to ``out``; ``more`` rejections are not among those given. Whether cells could be marked. Raises
    ``OSError`` where it cannot be written."""
    book = _copied(file)
    marked = book is not None
    if book is None:
        book = Workbook()
        page = book.active
        page.title = LIST
    else:
        _mark(book, rejections)
        page = book.create_sheet(_free(LIST, book.sheetnames))
    _list(page, rejections, more)
    book.save(out)
    return marked


def _copied(file: Path) -> Any:
    """The workbook, or ``None``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they quote cells
        try:
            with zipfile.ZipFile(file) as archive:
                if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                    return None
            return load_workbook(file)
        except CANNOT:
            return None


def _mark(book: Any, rejections: Sequence[Rejection]) -> None:
    for one in rejections:
        if one.cell and one.sheet in book.sheetnames:
            cell = book[one.sheet][one.cell]
            cell.fill = WRONG
            if not hasattr(cell, "comment") or type(cell).__name__ == "MergedCell":
                continue  # only the first cell of a merged one can have a note
            told = reject_advice.of(one) or one.rule
            cell.comment = Comment(told if cell.comment is None else f"{cell.comment.text}\n{told}", "ioc")


def _list(page: Any, rejections: Sequence[Rejection], more: int) -> None:
    page.append(HEADINGS)
    for head in page[1]:
        head.font = Font(bold=True)
    for one in rejections:
        told = (one.sheet, one.cell, one.line, one.column or one.field, reject_advice.of(one), one.rule)
        page.append(list(map(inert, told)))
        row = page.max_row
        page.cell(row, 5).alignment = Alignment(wrap_text=True, vertical="top")
        if one.cell:
            page.cell(row, 2).hyperlink = f"#'{one.sheet.replace(chr(39), chr(39) * 2)}'!{one.cell}"
    if more:
        page.append([f"… và {more:,} lỗi nữa".replace(",", ".")])
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def _free(name: str, taken: Sequence[str]) -> str:
    number = 2
    made = name
    while made in taken:
        made, number = f"{name} {number}", number + 1
    return made
