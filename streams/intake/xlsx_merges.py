"""Merged cells of a sheet. They stand behind the rows, so they are looked for before the rows are read.

What a cell merged over several rows says, it says of each of them. Of a cell merged over several columns only the first
is known to be meant.
"""

import re
from collections.abc import Iterator
from heapq import heapify, heappop
from typing import IO, NamedTuple

from streams.intake.xlsx_cells import MERGED, CellNumber
from streams.intake.xlsx_sheet import MOST_COLUMNS, MOST_ROWS, column_of
from streams.intake.xlsx_xml import CHUNK, PartBroken

MOST = 200_000
LONGEST_TAG = 256
ENOUGH = 2  # other cells that a row says something in, for a gap in it to be named
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,128}?ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"')


class Range(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int


def found(stream: IO[bytes]) -> list[Range]:
    """Every range of a sheet. Raises :class:`PartBroken` where there are more than anybody merges."""
    ranges: list[Range] = []
    rest = b""
    while chunk := stream.read(CHUNK):
        text = rest + chunk
        end = 0
        if b"mergeCell " in text:
            for match in _MERGED.finditer(text):
                ranges.append(_range(match[1].decode(), match[2].decode()))
                end = match.end()
            if len(ranges) > MOST:
                raise PartBroken
        rest = text[max(end, len(text) - LONGEST_TAG) :]
    return ranges


def filled(rows: Iterator[tuple[int, dict[int, str]]], ranges: list[Range]) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows, each with what is merged into it from above."""
    waiting = [one for one in ranges if one.top < one.bottom or one.left < one.right]
    heapify(waiting)
    open_: list[tuple[Range, str]] = []
    for line, cells in rows:
        while waiting and waiting[0].top <= line:
            one = heappop(waiting)
            if one.bottom >= line:
                open_.append((one, cells.get(one.left, "") if one.top == line else ""))
        if open_:
            open_ = [pair for pair in open_ if pair[0].bottom >= line]
            cells = _with(open_, line, cells)
        yield line, cells


def _with(open_: list[tuple[Range, str]], line: int, cells: dict[int, str]) -> dict[int, str]:
    own = len(cells)
    made = dict(cells)
    for one, said in open_:
        if line > one.top and said and one.left not in cells:
            made[one.left] = CellNumber(said, said.plain, repeated=True) if isinstance(said, CellNumber) else said
        if own >= ENOUGH + (one.left in cells):
            for column in range(one.left + 1, one.right + 1):
                made.setdefault(column, MERGED)
    return made


def _range(first: str, last: str) -> Range:
    (left, top), (right, bottom) = _place(first), _place(last)
    return Range(top, left, min(bottom, MOST_ROWS), min(right, MOST_COLUMNS))


def _place(text: str) -> tuple[int, int]:
    letters = text.rstrip("0123456789")
    return column_of(letters), int(text[len(letters) :])
