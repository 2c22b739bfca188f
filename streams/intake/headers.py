"""Finds the columns that are wanted in a file's header."""

from collections.abc import Callable, Mapping, Sequence, Set
from itertools import zip_longest
from operator import itemgetter
from typing import Any, NamedTuple

from schemas.model_faults import sentence
from schemas.reference.spelling import same as same
from streams.intake.errors import IntakeError

Wanted = Mapping[str, str | None]  # place in the mapping (columns.case) -> heading in the file, or none
DELIMITERS = ";,\t|"
HEADER_WITHIN = 30  # lines; exports have a title above
Picker = Callable[[Sequence[str]], tuple[str, ...]]
BETWEEN = " / "  # a group and its column, where the header has two rows
TWICE = f"there twice; of a header of two rows say which by 'group{BETWEEN}column'"


class Header(NamedTuple):
    """What takes the wanted columns, the header's width, and its names."""

    pick: Picker
    width: int
    names: Sequence[str]


def picker(header: Sequence[str], wanted: Wanted, hint_if_one: str = "") -> tuple[Picker, int]:
    """What takes the wanted columns, in their order, out of a record that has one empty cell more than the header; and
    the header's width. Raises :class:`IntakeError` that names every column that is missing or there twice."""
    names = [same(name.lstrip("\ufeff")) for name in header]
    while names and not names[-1]:
        names.pop()
    faults = []
    for place, column in wanted.items():
        if column is not None and (times := names.count(same(column))) != 1:
            faults.append(f"{place} = {column!r}: " + (TWICE if times else "not there"))
    if faults:
        text = sentence("the header does not have the mapping's columns", faults)
        raise IntakeError(text + (hint_if_one if len(names) == 1 else ""))
    places: list[Any] = [names.index(same(column)) if column is not None else len(names) for column in wanted.values()]
    get = itemgetter(*places, len(names), len(names))  # at least two, or it would not give a tuple

    def pick(record: Sequence[str]) -> tuple[str, ...]:
        return get(record)[:-2]  # type: ignore[no-any-return]

    return pick, len(names)


def two_rows(upper: Sequence[str], lower: Sequence[str], sought: Set[str]) -> list[str]:
    """The names of columns whose group stands above them: ``group / column``, or what is sought of a column: this,
    without the blanks, or its own heading alone. A group stands in the first of its columns, as merged cells do."""
    names, group = list[str](), ""
    for above, own in zip_longest(upper, lower, fillvalue=""):
        if not own.strip() or same(above) == same(own):
            group = ""
            names.append(own if own.strip() else above)
            continue
        group = above if above.strip() else group
        if not group:
            names.append(own)
            continue
        first, second = " ".join(group.split()), " ".join(own.split())
        ways = (f"{first}{BETWEEN}{second}", f"{first}/{second}", second)
        names.append(next((way for way in ways if same(way) in sought), ways[0]))
    return names


class HeaderSearch:
    """Looks for the header among the first rows of a file: exports have a title above. It is one row, or two that name
    groups and columns. ``hint_if_one`` stands in the error where the nearest row is one column."""

    def __init__(self, wanted: Wanted, hint_if_one: str = "") -> None:
        self._wanted = wanted
        self._hint = hint_if_one
        self._sought = {same(column) for column in wanted.values() if column is not None}
        self._nearest: tuple[int, int] | None = None  # how many it has of what is sought, and cells
        self._line = 0
        self._cells: Sequence[str] = ()
        self._above: Sequence[str] = ()

    def offer(self, line: int, cells: Sequence[str]) -> Header | None:
        """The header, where this row is it or the second row of it. Raises :class:`IntakeError`, as :meth:`fault`,
        where the rows that may hold it are over."""
        above, self._above = self._above, cells
        found = self._try(line, cells)
        if found is None and above:
            found = self._try(line, two_rows(above, cells, self._sought))
        if found is None and line >= HEADER_WITHIN:
            raise self.fault()
        return found

    def _try(self, line: int, cells: Sequence[str]) -> Header | None:
        filled = [cell.lstrip("\ufeff") for cell in cells if cell.strip()]
        near = (self._has(filled), min(len(filled), 2))
        if len(filled) == 1:  # a header that was not taken apart is near all the same
            near = (max(self._has(filled[0].split(mark)) for mark in DELIMITERS), 1)
        if self._nearest is None or near > self._nearest:
            self._nearest, self._line, self._cells = near, line, cells
        if near[0] == len(self._sought) == self._has(filled):
            return Header(*picker(cells, self._wanted, self._hint), cells)
        return None

    def _has(self, cells: Sequence[str]) -> int:
        return len(self._sought.intersection(map(same, cells)))

    def fault(self) -> IntakeError:
        """Which columns the row lacks that is nearest to a header."""
        try:
            picker(self._cells, self._wanted, self._hint)
        except IntakeError as exc:
            return IntakeError(f"line {self._line}: {exc}")
        return IntakeError("the file has no header")
