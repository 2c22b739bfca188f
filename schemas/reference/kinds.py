"""Which files there are, which rows they hold, and to which table each goes."""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """``key`` names a thing, and with ``valid_from`` (where its rows have one) a row. ``lasting``: what was once loaded
    keeps its name for the days that it had it, also when a newer file no longer knows it."""

    name: str
    files: str
    row: type[ReferenceRow]
    key: tuple[str, ...]
    lasting: bool = True

    @property
    def table(self) -> str:
        return f"ref_{self.name}"

    @property
    def identity(self) -> tuple[str, ...]:
        return (*self.key, "valid_from") if "valid_from" in self.row.model_fields else self.key

    @property
    def columns(self) -> tuple[str, ...]:
        """Of the table: those of the file and what is worked out from them."""
        return (*self.row.model_fields, *self.row.DERIVED)


KINDS = (
    ReferenceKind("unit", r"(units_\w+|departments)\.csv", Unit, ("code",)),
    ReferenceKind("unit_successor", r"unit_mapping_\w+\.csv", Successor, ("old_code", "new_code"), lasting=False),
    ReferenceKind("tile", r"tile_grid_\w+\.csv", Tile, ("code",), lasting=False),
    ReferenceKind("sector", r"sectors\.csv", Sector, ("code",)),
    ReferenceKind("system", r"systems(_\w+)?\.csv", System, ("code",)),
    ReferenceKind("procedure", r"procedures(_\w+)?\.csv", Procedure, ("code",)),
    ReferenceKind("service", r"essential_services\.csv", ReferenceService, ("number",)),
    ReferenceKind("service_target", r"service_targets(_\w+)?\.csv", Target, ("number", "unit"), lasting=False),
    ReferenceKind("plan", r"plans\.csv", PlanPart, ("plan", "part")),
    ReferenceKind("other_name", r"aliases\.csv", OtherName, ("kind", "alias"), lasting=False),
    ReferenceKind("calendar_day", r"calendar_\d{4}\.csv", CalendarDay, ("day",), lasting=False),
    ReferenceKind("working_hours", r"working_hours\.csv", WorkingHours, ("session",), lasting=False),
    ReferenceKind("rule", r"rules\.csv", RuleRow, ("rule",), lasting=False),
)
KIND = {kind.name: kind for kind in KINDS}


def kind_of(file: str) -> ReferenceKind | None:
    """Which kind of rows a file of this name holds."""
    return next((kind for kind in KINDS if re.fullmatch(kind.files, file)), None)
