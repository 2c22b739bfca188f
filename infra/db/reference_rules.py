"""Which days, and whose, a load of reference data touches of what cases are judged by. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.db.reference_changes import Record, ReferenceChanges
from schemas.province import as_date, day_number
from schemas.reference.kinds import ReferenceKind
from schemas.reference.names import Names


@dataclass(frozen=True, slots=True)
class RulesChange:
    """``first_day`` to ``last_day``, both included. ``procedures``: names of the only procedure that it concerns;
    ``names``: the only names of units, procedures and sectors, in the form in which names are compared."""

    kind: str
    first_day: date
    last_day: date
    procedures: list[str] | None = None
    names: list[str] | None = None


# What of a row a case is judged by; a change of anything else (a note, a name of a holiday) touches no case.
JUDGED_BY = {
    "calendar_day": ("day", "kind", "session"),
    "working_hours": ("session", "opens", "closes", "valid_from", "valid_to"),
    "rule": ("rule", "value", "valid_from", "valid_to"),
    "procedure": ("code", "aliases", "max_working_days", "fee", "valid_from", "valid_to"),
}


def rules_changes(kind: ReferenceKind, change: ReferenceChanges) -> list[RulesChange]:
    """In no order; empty for kinds that judge nothing."""
    columns = JUDGED_BY.get(kind.name)
    if columns is None:
        return []
    before = {_key(old.record, columns): old.record for old in change.replaced}
    after = {_key(new.record, columns): new.record for new in change.added}
    differing = [before.get(key) or after[key] for key in before.keys() ^ after.keys()]
    return [one for record in differing for one in _touched(kind, record)]


def _touched(kind: ReferenceKind, record: Record) -> Iterator[RulesChange]:
    if kind.name == "calendar_day":
        yield RulesChange(kind.name, _date(record["day"]), _date(record["day"]))
        return
    first, last = _date(record["valid_from"]), _date(record["valid_to"] or date.max)
    if kind.name == "procedure":
        names: Any = record["aliases"]
        yield RulesChange(kind.name, first, last, list(names))
    else:
        yield RulesChange(kind.name, first, last)


def names_changes(before: Names, after: Names) -> list[RulesChange]:
    """The names that mean something else than before, together where it is on the same days."""
    by_days: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for found in before.differences(after):
        by_days[found.first, found.last].add(found.form)
    return [
        RulesChange("name", _day(first), _day(last), None, sorted(forms)) for (first, last), forms in by_days.items()
    ]


def _day(number: int) -> date:
    return as_date(max(number, day_number(date.min)))


def _key(record: Record, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value := record[name], list) else value for name in columns)


def _date(value: object) -> date:
    assert isinstance(value, date)  # noqa: S101 (tells the type checker)
    return value
