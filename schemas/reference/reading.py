"""From folders of CSV files to typed rows. What cannot be read is a problem with its place, never with its value."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from schemas.reference.kinds import KIND, ReferenceKind, kind_of
from schemas.reference.rows import (
    CalendarDay,
    OtherName,
    PlanPart,
    Procedure,
    ReferenceRow,
    ReferenceService,
    RuleRow,
    Sector,
    Successor,
    Tile,
    Unit,
    WorkingHours,
)
from schemas.reference.systems import System
from schemas.reference.targets import Target

PACKAGED = Path(__file__).parent
R_co = TypeVar("R_co", bound=ReferenceRow, covariant=True)
R = TypeVar("R", bound=ReferenceRow)


@dataclass(frozen=True, slots=True, order=True)
class ReferenceProblem:
    """Where and which rule; ``line`` 1 is the head, ``column`` is empty where the whole line or file is meant."""

    file: str
    line: int
    column: str
    rule: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [f"{self.file}:{self.line}", self.column, self.rule]))


@dataclass(frozen=True, slots=True)
class Placed(Generic[R_co]):
    """A row and where it stands."""

    file: str
    line: int
    row: R_co

    def problem(self, column: str, rule: str) -> ReferenceProblem:
        return ReferenceProblem(self.file, self.line, column, rule)


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """``packaged``: it is one of ours, not an operator's."""

    name: str
    sha256: str
    packaged: bool
    rows: tuple[Placed[ReferenceRow], ...]
    problems: tuple[ReferenceProblem, ...]

    @property
    def kind(self) -> ReferenceKind | None:
        return kind_of(self.name)


@dataclass(frozen=True)
class Reference:
    """All files of one reading, in the order of their names."""

    files: tuple[ReferenceFile, ...] = field(default=())

    def _of(self, name: str, row: type[R]) -> tuple[Placed[R], ...]:
        chosen = (file for file in self.files if file.kind is KIND[name])
        return tuple(
            Placed(placed.file, placed.line, placed.row)
            for file in chosen
            for placed in file.rows
            if isinstance(placed.row, row)
        )

    @property
    def units(self) -> tuple[Placed[Unit], ...]:
        return self._of("unit", Unit)

    @property
    def successors(self) -> tuple[Placed[Successor], ...]:
        return self._of("unit_successor", Successor)

    @property
    def tiles(self) -> tuple[Placed[Tile], ...]:
        return self._of("tile", Tile)

    @property
    def sectors(self) -> tuple[Placed[Sector], ...]:
        return self._of("sector", Sector)

    @property
    def systems(self) -> tuple[Placed[System], ...]:
        return self._of("system", System)

    @property
    def procedures(self) -> tuple[Placed[Procedure], ...]:
        return self._of("procedure", Procedure)

    @property
    def services(self) -> tuple[Placed[ReferenceService], ...]:
        return self._of("service", ReferenceService)

    @property
    def targets(self) -> tuple[Placed[Target], ...]:
        return self._of("service_target", Target)

    @property
    def plans(self) -> tuple[Placed[PlanPart], ...]:
        return self._of("plan", PlanPart)

    @property
    def other_names(self) -> tuple[Placed[OtherName], ...]:
        return self._of("other_name", OtherName)

    @property
    def calendar(self) -> tuple[Placed[CalendarDay], ...]:
        return self._of("calendar_day", CalendarDay)

    @property
    def working_hours(self) -> tuple[Placed[WorkingHours], ...]:
        return self._of("working_hours", WorkingHours)

    @property
    def rules(self) -> tuple[Placed[RuleRow], ...]:
        return self._of("rule", RuleRow)

    def units_on(self, day: date) -> tuple[Unit, ...]:
        """The units of that day, departments included, in the order of the files."""
        return tuple(placed.row for placed in self.units if placed.row.valid_on(day))


def read(folder: Path = PACKAGED, *over: Path) -> Reference:
    """All ``*.csv`` of the folder; a file of the same name in a later one takes its place, a new name is added. Never
    fails for what a file says: that is in its ``problems``. ``OSError`` where a folder or file cannot be read."""
    chosen = {path.name: path for one in (folder, *over) for path in sorted(one.glob("*.csv"))}
    return Reference(tuple(read_file(chosen[name]) for name in sorted(chosen)))


def read_file(path: Path) -> ReferenceFile:
    """One file."""
    raw = path.read_bytes()
    rows: list[Placed[ReferenceRow]] = []
    problems: list[ReferenceProblem] = []
    for found in _parsed(path.name, raw):
        if isinstance(found, ReferenceProblem):
            problems.append(found)
        else:
            rows.append(found)
    packaged = path.parent.resolve() == PACKAGED
    return ReferenceFile(path.name, hashlib.sha256(raw).hexdigest(), packaged, tuple(rows), tuple(problems))


def _parsed(name: str, raw: bytes) -> Iterator[Placed[ReferenceRow] | ReferenceProblem]:
    kind = kind_of(name)
    if kind is None:
        yield ReferenceProblem(name, 1, "", "no kind of file has this name")
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        yield ReferenceProblem(name, raw.count(b"\n", 0, exc.start) + 1, "", "not UTF-8")
        return
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(lines, [])
        wrong = list(_head_problems(name, head, kind))
        yield from wrong
        if wrong:
            return
        for cells in lines:
            if cells:
                yield from _row(Placed(name, lines.line_num, kind.row.model_construct()), kind, head, cells)
    except csv.Error:
        yield ReferenceProblem(name, lines.line_num, "", "not CSV")


def _head_problems(name: str, head: Sequence[str], kind: ReferenceKind) -> Iterator[ReferenceProblem]:
    needed = {column for column, info in kind.row.model_fields.items() if info.is_required()}
    yield from (ReferenceProblem(name, 1, column, "column missing") for column in sorted(needed - set(head)))
    if set(head) - set(kind.row.model_fields):
        yield ReferenceProblem(name, 1, "", "a column that is not known")
    if len(set(head)) < len(head):
        yield ReferenceProblem(name, 1, "", "a column twice")


def _row(
    place: Placed[ReferenceRow], kind: ReferenceKind, head: Sequence[str], cells: Sequence[str]
) -> Iterator[Placed[ReferenceRow] | ReferenceProblem]:
    if len(cells) != len(head):
        yield place.problem("", "number of cells")
        return
    filled = {column: cell.strip() for column, cell in zip(head, cells, strict=True) if cell.strip()}
    try:
        yield Placed(place.file, place.line, kind.row.model_validate(filled))
    except ValidationError as exc:
        for error in exc.errors(include_url=False, include_input=False, include_context=False):
            column = str(error["loc"][0]) if error["loc"] else "valid_to"
            rule = {"missing": "empty", "value_error": "ends before it begins"}.get(error["type"], error["type"])
            yield place.problem(column, rule)
