"""What a newer version of a file changes in a table of reference data. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.reference.kinds import ReferenceKind

Record = Mapping[str, object]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the table that nothing has replaced yet."""

    id: int
    file: str
    kept: bool
    record: Record


@dataclass(frozen=True, slots=True)
class Stated:
    """A row as a file has it, or one to ``keep`` that its file no longer has."""

    file: str
    record: Record
    kept: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceChanges:
    """``replaced``: rows that end to stand. ``added``: new ones, those to keep among them."""

    replaced: tuple[Stored, ...]
    added: tuple[Stated, ...]


def changes(kind: ReferenceKind, stored: Iterable[Stored], stated: Sequence[Stated], today: date) -> ReferenceChanges:
    """From what stands of some files to what those files now state.

    A row that is stated as it stands is not touched. One that is stated otherwise is replaced. One that is no longer
    stated is replaced too, but where things last (:attr:`ReferenceKind.lasting`) it is kept for days a newer file says
    nothing about, so that a figure of those days still has its unit: until the day before the thing's own next row,
    else before the first day of its file, else before ``today``, the day of loading.
    """
    wanted = {(row.file, _identity(kind, row.record)): row for row in stated}
    by_key: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    starts: dict[str, date] = {}
    for row in stated:
        by_key[_key(kind, row.record)].append(row.record)
        if kind.lasting:
            starts[row.file] = min(_first(row.record), starts.get(row.file, date.max))
    replaced: list[Stored] = []
    kept: list[Stated] = []
    for old in stored:
        place = (old.file, _identity(kind, old.record))
        if not old.kept and place in wanted and wanted[place].record == old.record:
            del wanted[place]
            continue
        if not kind.lasting:
            replaced.append(old)
            continue
        last = _last_kept(old.record, by_key[_key(kind, old.record)], starts.get(old.file), today)
        if old.kept and last is not None and last >= _last(old.record):
            continue
        replaced.append(old)
        if last is not None:
            kept.append(Stated(old.file, {**old.record, "valid_to": min(last, _last(old.record))}, kept=True))
    return ReferenceChanges(tuple(replaced), (*wanted.values(), *kept))


def _last_kept(old: Record, same: Sequence[Record], start: date | None, today: date) -> date | None:
    """Until when a row that is no longer stated is kept; ``None``: not at all."""
    first = _first(old)
    later = [_first(row) for row in same if _first(row) > first]
    if any(_first(row) <= first for row in same):
        return None  # the newer rows of the same thing say what it was then, or that it had ended
    if later:
        last = min(later) - _DAY
    elif start is not None and start > first:
        last = start - _DAY
    else:
        last = today - _DAY
    return last if last >= first else None


def _key(kind: ReferenceKind, record: Record) -> tuple[object, ...]:
    return tuple(record[name] for name in kind.key)


def _identity(kind: ReferenceKind, record: Record) -> tuple[object, ...]:
    return tuple(record[name] for name in kind.identity)


def _first(record: Record) -> date:
    first = record["valid_from"]
    assert isinstance(first, date)  # noqa: S101 (tells the type checker)
    return first


def _last(record: Record) -> date:
    last = record["valid_to"]
    return last if isinstance(last, date) else date.max
