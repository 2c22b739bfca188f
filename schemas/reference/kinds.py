"""Which files there are, which rows they hold, and to which table each goes."""

import re
from dataclasses import dataclass

from schemas.reference.rows import (
    CalendarDay,
    OtherName,
    PlanPart,
    Procedure,
    Row,
    Rule,
    Sector,
    Service,
    Successor,
    Tile,
    Unit,
    WorkingHours,
)
from schemas.reference.systems import System
from schemas.reference.targets import Target


@dataclass(frozen=True, slots=True)
class Kind:
    """``key`` names a thing, and with ``valid_from`` (where its rows have one) a row. ``lasting``: what was once loaded
    keeps its name for the days that it had it, also when a newer file no longer knows it."""

    name: str
    files: str
    row: type[Row]
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
    Kind("unit", r"(units_\w+|departments)\.csv", Unit, ("code",)),
    Kind("unit_successor", r"unit_mapping_\w+\.csv", Successor, ("old_code", "new_code"), lasting=False),
    Kind("tile", r"tile_grid_\w+\.csv", Tile, ("code",), lasting=False),
    Kind("sector", r"sectors\.csv", Sector, ("code",)),
    Kind("system", r"systems(_\w+)?\.csv", System, ("code",)),
    Kind("procedure", r"procedures(_\w+)?\.csv", Procedure, ("code",)),
    Kind("service", r"essential_services\.csv", Service, ("number",)),
    Kind("service_target", r"service_targets(_\w+)?\.csv", Target, ("number", "unit"), lasting=False),
    Kind("plan", r"plans\.csv", PlanPart, ("plan", "part")),
    Kind("other_name", r"aliases\.csv", OtherName, ("kind", "alias"), lasting=False),
    Kind("calendar_day", r"calendar_\d{4}\.csv", CalendarDay, ("day",), lasting=False),
    Kind("working_hours", r"working_hours\.csv", WorkingHours, ("session",), lasting=False),
    Kind("rule", r"rules\.csv", Rule, ("rule",), lasting=False),
)
KIND = {kind.name: kind for kind in KINDS}


def kind_of(file: str) -> Kind | None:
    """Which kind of rows a file of this name holds."""
    return next((kind for kind in KINDS if re.fullmatch(kind.files, file)), None)
