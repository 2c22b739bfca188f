"""What a subject of any domain but cases has come to, and what it adds to the rollups. Pure: no clock, no I/O."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from schemas.case_data import SIMULATED
from schemas.domain import Domain
from schemas.province import day_of, moment
from schemas.reference.names import Names
from schemas.topics import PROJECT_06
from streams.entries.subjects import Said, Told, standing
from streams.folds import naming
from streams.folds.belonging import apart
from streams.folds.subject_claims import keeper

# (counter, unit, part, day since 1970-01-01 in the province, amount)
Row = tuple[str, str, str, int, int]
OVERSIZED_DAY = day_of(moment(PROJECT_06))  # the topics' first day; so that it does not depend on the last event

_encode = msgspec.json.Encoder(order="deterministic").encode
_rows = msgspec.json.Decoder(list[Row])


@dataclass(frozen=True, slots=True)
class SubjectState:
    """Derived from a history alone. Moments in microseconds since the epoch; ``None`` where it never happened.

    ``standing`` is a word of the domain, by which its *now* counters count. ``rows`` is what it adds to the rollups,
    none of it on a day after ``last_at`` (unless that is ``None``).
    """

    unit: str = ""
    part: str = ""
    standing: str = ""
    title: str | None = None
    opened_at: int | None = None
    due_at: int | None = None
    ended_at: int | None = None
    last_at: int | None = None
    voided_at: int | None = None
    oversized: bool = False
    simulated: bool = False
    detail: dict[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    names: tuple[str, ...] = ()  # of units, procedures and sectors in its events (streams.folds.naming)

    @property
    def detail_json(self) -> str:
        return _encode(self.detail).decode()

    @property
    def contribution(self) -> str:
        return _encode(self.rows).decode()


Fold = Callable[[Sequence[Told]], SubjectState]


class Tally:
    """Counts while a fold goes through its facts."""

    def __init__(self) -> None:
        self._amounts: Counter[tuple[str, str, str, int]] = Counter()

    def add(self, counter: str, at: int, amount: int = 1, unit: str = "", part: str = "") -> None:
        """``at`` in microseconds: it counts on that moment's day."""
        self._amounts[counter, unit, part, day_of(at)] += amount

    def rows(self, unit: str | None = None, part: str | None = None) -> tuple[Row, ...]:
        """Sorted; for the subject's unit and part where they are given, else as they were added."""
        return tuple(
            sorted(
                (c, u if unit is None else unit, p if part is None else part, day, amount)
                for (c, u, p, day), amount in self._amounts.items()
            )
        )


def oversized() -> SubjectState:
    """The state of a subject with more events than a history holds."""
    return SubjectState(oversized=True, rows=(("oversized", "", "", OVERSIZED_DAY, 1),))


def come_to(domain: Domain, fold: Fold, subject: str, entries: Sequence[Said], names: Names) -> SubjectState:
    """The state after these events, whatever order they came in: the domain's own fold over the facts that stand, by
    the keys of what they name, and what every domain has: versions that did not count, voidings, and whether any of it
    is simulated."""
    entries = apart(subject, entries, keeper(domain), names).within
    told, lost, voided_at = standing(domain, subject, entries)
    simulated = any(entry.source == SIMULATED for entry in entries)
    if voided_at is not None:
        return SubjectState(voided_at=voided_at, simulated=simulated, rows=(("voided", "", "", day_of(voided_at), 1),))
    told, written = naming.of_subject(told, names)
    state = fold(told)
    conflicts = Counter(day_of(time) for time in lost)
    rows = [*state.rows, *(("conflicts", state.unit, state.part, day, n) for day, n in conflicts.items())]
    last_at = max([*lost, *(fact.time for fact in told[-1:])], default=None)
    return replace(state, simulated=simulated, last_at=last_at, rows=tuple(sorted(rows)), names=written)


def rows_from(contribution: str) -> list[Row]:
    return _rows.decode(contribution)


class SubjectSums:
    """Differences of a span: amounts and numbers of contributions, per key of the rollup."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str, str, str, int], list[int]] = {}

    def replace(self, domain: str, old: Iterable[Row], new: Iterable[Row]) -> None:
        """One subject added ``old`` so far and adds ``new`` from now on."""
        for rows, sign in ((old, -1), (new, 1)):
            for counter, unit, part, day, amount in rows:
                row = self._sums.setdefault((domain, counter, unit, part, day), [0, 0])
                row[0] += sign * amount
                row[1] += sign

    def changed(self) -> dict[tuple[str, str, str, str, int], list[int]]:
        return {key: row for key, row in self._sums.items() if row != [0, 0]}
