"""The rows of one sheet of a workbook, read as a stream: memory for one row, however long the sheet."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from streams.intake import xlsx_cells
from streams.intake.xlsx_cells import ERROR, LONGEST, NOT_COMPUTED, TOO_LONG, Fault, unescaped
from streams.intake.xlsx_parts import GENERAL
from streams.intake.xlsx_xml import PartBroken, XmlPart

MOST_ROWS = 1_048_576  # of a sheet, by the format
MOST_COLUMNS = 16_384
MOST_OF_ROW = 1_000_000  # characters
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{0,7})")


class SheetRows(XmlPart):
    """Number and cells, by column from 1, of each row that has any. Raises :class:`PartBroken`."""

    def __init__(self, texts: Sequence[str], formats: Sequence[str], epoch: datetime) -> None:
        self._texts, self._formats, self._epoch = texts, formats, epoch
        self._ready: list[tuple[int, dict[int, str]]] = []
        self._row: dict[int, str] = {}
        self._line = self._column = self._of_row = 0
        self._in_cell = self._in_value = self._has_value = self._formula = False
        self._aside = 0
        self._kind = ""
        self._style = ""
        self._said: list[str] = []
        self._length = 0

    def rows(self, stream: IO[bytes]) -> Iterator[tuple[int, dict[int, str]]]:
        try:
            for _ in self.read(stream):
                yield from self._ready
                self._ready.clear()
        except PartBroken:
            yield from self._ready
            raise

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "c":
                self._open(attributes)
            case "v" if self._in_cell:
                self._in_value = self._has_value = True
            case "t" if self._in_cell:
                self._in_value = not self._aside
            case "f":
                self._formula = True
            case "rPh":
                self._aside += 1
            case "row":
                self._line = _whole(attributes["r"], MOST_ROWS) if "r" in attributes else self._line + 1
                self._row, self._column, self._of_row = {}, 0, 0

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._in_value = False
            case "c" if self._in_cell:
                self._in_cell = False
                value = self._value()
                self._of_row += len(value)
                if value or isinstance(value, Fault):
                    self._row[self._column] = value if self._of_row <= MOST_OF_ROW else TOO_LONG
            case "rPh":
                self._aside -= 1
            case "row" if self._row:
                self._ready.append((self._line, self._row))

    def text(self, said: str) -> None:
        if self._in_value:
            self._length += len(said)
            if self._length <= LONGEST:
                self._said.append(said)

    def _open(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = column_of(place) if place is not None else self._column + 1
        if self._column > MOST_COLUMNS:
            raise PartBroken
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._said, self._length, self._aside = [], 0, 0
        self._in_cell, self._in_value, self._has_value, self._formula = True, False, False, False

    def _value(self) -> str:
        if self._length > LONGEST:
            return TOO_LONG
        said = "".join(self._said)
        if not said and self._formula and self._kind != "str":
            return NOT_COMPUTED
        if self._kind in ("str", "inlineStr"):
            if self._formula and not self._has_value and not said:
                return NOT_COMPUTED
            return unescaped(said)
        said = said.strip()
        if not said:
            return ""
        match self._kind:
            case "n":
                style = int(self._style) if self._style.isdecimal() and len(self._style) < 7 else 0
                code = self._formats[style] if style < len(self._formats) else GENERAL
                return xlsx_cells.of_number(said, code, self._epoch)
            case "s":
                index = int(said) if said.isdecimal() and len(said) < 10 else -1
                return self._texts[index] if 0 <= index < len(self._texts) else ERROR
            case "b":
                return {"1": "true", "true": "true", "0": "false", "false": "false"}.get(said, ERROR)
            case "d":
                return xlsx_cells.of_iso(said)
            case _:
                return ERROR


def column_of(place: str) -> int:
    """The number of the column of ``F12``. Raises :class:`PartBroken`."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise PartBroken
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(column: int) -> str:
    """``F`` for 6."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _whole(text: str, most: int) -> int:
    """Some programs write a row's number with a fraction of nothing."""
    plain = text.removesuffix(".0")
    if not plain.isdecimal() or len(plain) > 7 or not 0 < int(plain) <= most:
        raise PartBroken
    return int(plain)
