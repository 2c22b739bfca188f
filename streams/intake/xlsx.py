"""XLSX workbooks from outside, read row by row, every cell as text (:mod:`streams.intake.xlsx_cells`).

Read by our own reader: the libraries there are judge dates by letters that stand in quotes, do not say that a formula
was never computed or a cell is an error, and do not know the strict variant of the format.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from streams.intake import xlsx_merges
from streams.intake.density import refuse_dense
from streams.intake.errors import IntakeError
from streams.intake.xlsx_cells import EPOCH_1900, EPOCH_1904, Fault
from streams.intake.xlsx_parts import Contents, Formats, Texts
from streams.intake.xlsx_sheet import SheetRows
from streams.intake.xlsx_xml import PartBroken

MOST_UNPACKED = 1 << 30  # bytes of all parts; more is no report of anybody
BROKEN = (  # what the packing can be
    *(PartBroken, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError, OverflowError),
    *(lzma.LZMAError, struct.error, zipfile.BadZipFile, zlib.error),
)


class Torn(Exception):
    """The sheet cannot be read any further than the row before ``line``."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Workbook:
    """An open workbook. Raises :class:`IntakeError` where the file is none."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
            if sum(part.file_size for part in self._archive.infolist()) > MOST_UNPACKED:
                raise IntakeError("the workbook unpacks to more than any report has")
            for part in self._archive.infolist():
                refuse_dense(part.file_size, part.compress_size, str(getattr(file, "name", "the workbook")))
            contents = Contents(self._archive)
            self._paths = {sheet.name: sheet.path for sheet in contents.sheets}
            self._formats = Formats(self._archive, contents.styles).by_style
            self._texts = Texts(self._archive, contents.texts).all
            self._epoch = EPOCH_1904 if contents.from_1904 else EPOCH_1900
        except BROKEN:
            raise IntakeError("the file is not an XLSX workbook, or it is damaged or locked by a password") from None
        self.names: tuple[str, ...] = tuple(self._paths)
        self.shown: tuple[str, ...] = tuple(sheet.name for sheet in contents.sheets if sheet.shown)

    def rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row that has any; the value of a cell merged over several rows stands in each.
        Raises :class:`Torn`."""
        line = 0
        try:
            path = self._paths[name]
            with self._archive.open(path) as stream:
                merged = xlsx_merges.found(stream)
            with self._archive.open(path) as stream:
                rows = SheetRows(self._texts, self._formats, self._epoch).rows(stream)
                for line, cells in xlsx_merges.filled(rows, merged) if merged else rows:
                    yield line, [cells.get(column, "") for column in range(1, max(cells) + 1)]
        except BROKEN:
            raise Torn(line + 1) from None


def says(cell: str) -> bool:
    """Whether there is anything in a cell, be it that it cannot be read."""
    return bool(cell.strip()) or isinstance(cell, Fault)
