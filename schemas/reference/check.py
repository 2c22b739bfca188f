"""What is wrong with reference data. Pure; a problem names file, line, column and rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from schemas.reference.kinds import KINDS
from schemas.reference.reading import Placed, Reference, ReferenceProblem
from schemas.reference.rows import Dated, ReferenceRow, Successor, Unit
from schemas.reference.targets import EVERY_SERVICE

FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))  # Bộ luật Lao động 2019, Điều 112: the same day every year
_DAY = timedelta(days=1)
Units = dict[str, list[Placed[Unit]]]


def check(reference: Reference) -> list[ReferenceProblem]:
    """All problems in the order of their places; with one of them nothing may be loaded."""
    units = _by_code(reference.units)
    found = [problem for file in reference.files for problem in file.problems]
    found += _overlaps(reference)
    found += _parents(reference, units)
    found += _mapping(reference, units)
    found += _tiles(reference, units)
    found += _references(reference, units)
    found += _targets(reference, units)
    found += _calendar(reference)
    found += _working_hours(reference)
    return sorted(found)


def remarks(reference: Reference) -> list[ReferenceProblem]:
    """What is right but limits use: parts of a divided unit map to nothing, two units of one name are told apart by
    their codes only, a tile is missing."""
    found = [
        placed.problem("share", "divided: not usable as a mapping")
        for placed in reference.successors
        if not placed.row.usable
    ]
    by_name: defaultdict[str, list[Placed[Unit]]] = defaultdict(list)
    for unit in reference.units:
        for alias in unit.row.aliases[1:]:
            by_name[alias].append(unit)
    for same in by_name.values():
        for one, other in pairwise(sorted(same, key=lambda placed: placed.row.valid_from)):
            if one.row.code != other.row.code and _both(one.row, other.row):
                found.append(other.problem("name", "another unit has this name at the same time: only its code tells"))
    return sorted(set(found))


def _by_code(units: Iterable[Placed[Unit]]) -> Units:
    by_code: Units = defaultdict(list)
    for placed in units:
        by_code[placed.row.code].append(placed)
    return by_code


def _both(one: Dated, other: Dated) -> bool:
    """Whether there is a day on which both are valid."""
    first, last = max(one.valid_from, other.valid_from), min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def _overlaps(reference: Reference) -> Iterator[ReferenceProblem]:
    for kind in KINDS:
        rows: defaultdict[tuple[object, ...], list[Placed[ReferenceRow]]] = defaultdict(list)
        for file in reference.files:
            if file.kind is kind:
                for placed in file.rows:
                    rows[tuple(getattr(placed.row, name) for name in kind.key)].append(placed)
        for same in rows.values():
            for number, one in enumerate(same):
                for other in same[number + 1 :]:
                    if isinstance(one.row, Successor) and isinstance(other.row, Successor):
                        if one.row.valid_from == other.row.valid_from:  # a change is of one day; later ones may follow
                            yield other.problem("old_code", "the same twice")
                    elif not isinstance(one.row, Dated) or not isinstance(other.row, Dated):
                        yield other.problem(kind.key[0], "the same twice")
                    elif _both(one.row, other.row):
                        yield other.problem("valid_from", "overlaps another row of the same")


def _known(units: Units, code: str, day: date) -> bool:
    return any(placed.row.valid_on(day) for placed in units.get(code, ()))


def _parents(reference: Reference, units: Units) -> Iterator[ReferenceProblem]:
    for placed in reference.units:
        unit = placed.row
        if unit.parent is None:
            if unit.level not in ("tỉnh", "thành phố"):
                yield placed.problem("parent", "empty")
        elif not all(_known(units, unit.parent, day) for day in (unit.valid_from, unit.valid_to or date.max)):
            yield placed.problem("parent", "no such unit for all the time that the row is valid")


def _mapping(reference: Reference, units: Units) -> Iterator[ReferenceProblem]:
    provinces = {placed.row.code for placed in reference.units if placed.row.parent is None}
    olds: defaultdict[tuple[str, date], list[Placed[Successor]]] = defaultdict(list)
    for placed in reference.successors:
        row = placed.row
        olds[row.old_code, row.valid_from].append(placed)
        if not _known(units, row.new_code, row.valid_from):
            yield placed.problem("new_code", "no such unit on valid_from")
        if row.old_province in provinces and not _known(units, row.old_code, row.valid_from - _DAY):
            yield placed.problem("old_code", "no such unit on the day before valid_from")
    for same in olds.values():
        for placed in same[1:] if any(placed.row.usable for placed in same) else ():
            yield placed.problem("share", "many to one only: a unit that went whole has one successor")


def _tiles(reference: Reference, units: Units) -> Iterator[ReferenceProblem]:
    places: defaultdict[tuple[int, int], list[Placed[Dated]]] = defaultdict(list)
    for placed in reference.tiles:
        if not _known(units, placed.row.code, placed.row.valid_from):
            yield placed.problem("code", "no such unit on valid_from")
        place = (placed.row.tile_row, placed.row.tile_col)
        if any(_both(placed.row, other.row) for other in places[place]):
            yield placed.problem("tile_row", "another unit stands here")
        places[place].append(Placed(placed.file, placed.line, placed.row))


def _references(reference: Reference, units: Units) -> Iterator[ReferenceProblem]:
    sectors = {placed.row.code for placed in reference.sectors}
    procedures = {placed.row.code for placed in reference.procedures}
    codes = {"sector": sectors, "procedure": procedures, "unit": set(units)}
    for procedure in reference.procedures:
        if procedure.row.sector is not None and procedure.row.sector not in sectors:
            yield procedure.problem("sector", "no such sector")
        named = set(filter(None, (procedure.row.unverified or "").split("|")))
        if named - set(type(procedure.row).model_fields):
            yield procedure.problem("unverified", "no such column")
    for service in reference.services:
        if set(service.row.codes) - procedures:
            yield service.problem("procedure_codes", "no such procedure")
    for other in reference.other_names:
        if other.row.code not in codes[other.row.kind]:
            yield other.problem("code", "no such unit, procedure or sector")


def _targets(reference: Reference, units: Units) -> Iterator[ReferenceProblem]:
    numbers = {placed.row.number for placed in reference.services}
    for placed in reference.targets:
        row = placed.row
        if row.number != EVERY_SERVICE and row.number not in numbers:
            yield placed.problem("number", "no such service")
        if row.unit is not None and not _known(units, row.unit, row.valid_from):
            yield placed.problem("unit", "no such unit on valid_from")


def _working_hours(reference: Reference) -> Iterator[ReferenceProblem]:
    for placed in reference.working_hours:
        for other in reference.working_hours:
            before = placed.row.session == "afternoon" and other.row.session == "morning"
            if before and placed.row.opens < other.row.closes and _both(placed.row, other.row):
                yield placed.problem("opens", "before the morning closes")


def _calendar(reference: Reference) -> Iterator[ReferenceProblem]:
    days = {placed.row.day: placed for placed in reference.calendar}
    years = sorted({day.year for day in days})
    for placed in days.values():
        row = placed.row
        if str(row.day.year) not in placed.file:
            yield placed.problem("day", "not of the year of its file")
        if row.kind == "working" and row.day.weekday() < 5:
            yield placed.problem("kind", "a weekday is worked anyway")
        partner = days.get(row.swapped_with) if row.swapped_with else None
        # Half a Saturday may be worked every week, in place of no other day.
        if row.kind == "working" and row.swapped_with is None and row.session is None:
            yield placed.problem("swapped_with", "empty")
        if row.swapped_with and (partner is None or partner.row.swapped_with != row.day):
            yield placed.problem("swapped_with", "that day does not name this one")
    for year in years:
        file = next(placed.file for day, placed in days.items() if day.year == year)
        for month, day in FIXED_HOLIDAYS:
            holiday = days.get(date(year, month, day))
            if holiday is None or holiday.row.kind != "holiday":
                yield ReferenceProblem(file, 1, "day", f"{day}/{month} is a holiday by law")
    for one, following in pairwise(years):
        if following != one + 1:
            file = next(placed.file for day, placed in days.items() if day.year == following)
            yield ReferenceProblem(file, 1, "day", "the year before has no calendar")
