"""What a name means on a day: the key that the reference gives to a unit, procedure or sector, however it is written.

A key means what it meant on its day: 26041 was Phường Trung Dũng until 30/6/2025 and is Phường Trấn Biên since. So a
name is asked with the day of the event that uses it (days since 1970-01-01 in the province). Pure; names are compared
as :func:`schemas.reference.spelling.same` says. Call :meth:`Names.key`, or :meth:`Names.unit` for the most frequent.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from schemas.province import day_number, day_of
from schemas.reference.reading import Reference
from schemas.reference.spelling import same, tidy

UNIT, PROCEDURE, SECTOR = "unit", "procedure", "sector"
# Fields of events by what they name. A chain's agency and whom a task waits for are units too.
NAMED_BY = {
    "unit": UNIT,
    "agency": UNIT,
    "to": UNIT,
    "by": UNIT,
    "procedure": PROCEDURE,
    "service": PROCEDURE,
    "sector": SECTOR,
}
FOREVER = day_number(date(9999, 12, 31))
_MOST_KEPT = 50_000  # writings; a source that sends a new one each time is answered without keeping it


class Meaning(NamedTuple):
    """``name`` means ``key`` on these days, both included. ``kept``: no file says so any more, an older one did."""

    kind: str
    name: str
    key: str
    first: int
    last: int = FOREVER
    kept: bool = False


class Spans(NamedTuple):
    """``keys[n]`` holds from ``edges[n - 1]`` on and before ``edges[n]``; ``None``: no key."""

    edges: tuple[int, ...]
    keys: tuple[str | None, ...]

    def on(self, day: int) -> str | None:
        return self.keys[bisect_right(self.edges, day)]

    def before(self, day: int, then: "Spans") -> "Spans":
        """As this before the day, and from it on as the other."""
        edges, keys = list[int](), [self.keys[0]]
        for edge in sorted({*(e for e in self.edges if e < day), day, *(e for e in then.edges if e > day)}):
            key = self.on(edge) if edge < day else then.on(edge)
            if key != keys[-1]:
                edges.append(edge)
                keys.append(key)
        return Spans(tuple(edges), tuple(keys))


class Difference(NamedTuple):
    """The name (in the form of :func:`~schemas.reference.spelling.same`) means something else on these days."""

    kind: str
    form: str
    first: int
    last: int


NOTHING = Spans((), (None,))


class Names:
    """The names of one edition of the reference. A name means a key on a day

    - by what the files state for that day; by what older files stated only where none does; several keys: none;
    - else as a former name, the one that ended last, unless another unit took the key's place since
      (``successions``: key and day);
    - on days before the reference begins as on its first day.
    """

    def __init__(self, meanings: Iterable[Meaning] = (), successions: Iterable[tuple[str, int]] = ()) -> None:
        self._rows: defaultdict[tuple[str, str], list[Meaning]] = defaultdict(list)
        self._begins: dict[str, int] = {}
        for row in meanings:
            self._rows[row.kind, same(row.name)].append(row)
            self._begins[row.kind] = min(row.first, self._begins.get(row.kind, FOREVER))
        self._successions: defaultdict[str, list[int]] = defaultdict(list)
        for key, day in successions:
            self._successions[key].append(day)
        self._spans: dict[tuple[str, str], Spans] = {}
        # Seen, and always their own key; what is not said is too.
        self.own: dict[str, set[str | None]] = {UNIT: {None}, PROCEDURE: {None}, SECTOR: {None}}
        self._known: dict[str, dict[str, Spans | str]] = {UNIT: {}, PROCEDURE: {}, SECTOR: {}}

    @classmethod
    def of(cls, reference: Reference) -> "Names":
        """Those of files."""
        rows = [
            Meaning(kind, name, placed.row.code, day_number(placed.row.valid_from), _last(placed.row.valid_to))
            for kind, things in (
                (UNIT, reference.units),
                (PROCEDURE, reference.procedures),
                (SECTOR, reference.sectors),
            )
            for placed in things
            for name in placed.row.aliases
        ]
        rows += [
            Meaning(p.row.kind, p.row.alias, p.row.code, day_number(p.row.valid_from), _last(p.row.valid_to))
            for p in reference.other_names
        ]
        return cls(rows, ((p.row.old_code, day_number(p.row.valid_from)) for p in reference.successors))

    @classmethod
    def stored(cls, meanings: Iterable[Sequence[Any]], successions: Iterable[Sequence[Any]]) -> "Names":
        """Those of the tables: rows (kind, alias, key, valid_from, valid_to, kept), and (old_code, valid_from)."""
        rows = (
            Meaning(kind, name, key, day_number(first), _last(last), kept)
            for kind, name, key, first, last, kept in meanings
        )
        return cls(rows, ((key, day_number(day)) for key, day in successions))

    def unit(self, written: str, day: int) -> str:
        return self.key(UNIT, written, day)

    def key(self, kind: str, written: str, day: int) -> str:
        """The key; where none is known, the name itself in its :func:`~schemas.reference.spelling.tidy` writing."""
        known = self._known[kind].get(written)
        if known is None:
            known = self._learn(kind, written)
        return known if type(known) is str else known.on(day) or tidy(written)  # type: ignore[union-attr]

    def at(self, kind: str, written: str, moment: int) -> str:
        """The key at a moment (microseconds since the epoch)."""
        known = self._known[kind].get(written)
        return known if type(known) is str else self.key(kind, written, day_of(moment))

    def of_writing(self, kind: str, written: str) -> Spans:
        """The keys of one writing, day by day; none is ``None``: where the reference has none, it is itself."""
        spans = self._of_form(kind, same(written))
        return Spans(spans.edges, tuple(tidy(written) if key is None else key for key in spans.keys))

    def _learn(self, kind: str, written: str) -> Spans | str:
        spans = self._of_form(kind, same(written))
        only = spans.keys[0] if len(spans.keys) == 1 else None
        learnt: Spans | str = tidy(written) if spans is NOTHING else spans if only is None else only
        known = self._known[kind]
        if len(known) < _MOST_KEPT:
            known[written] = learnt
            if learnt == written:
                self.own[kind].add(written)
        return learnt

    def _of_form(self, kind: str, form: str) -> Spans:
        place = (kind, form)
        spans = self._spans.get(place)
        if spans is None:
            rows = self._rows.get(place)
            if rows is None:
                return NOTHING
            spans = self._spans[place] = self._dated(kind, rows)
        return spans

    def _dated(self, kind: str, rows: list[Meaning]) -> Spans:
        begins = self._begins[kind]
        borders = {day for row in rows for day in (row.first, row.last + 1)}
        borders |= {day for row in rows for day in self._successions[row.key]}
        edges, keys = list[int](), [self._on(rows, begins)]
        for day in sorted(day for day in borders if begins < day <= FOREVER):
            key = self._on(rows, day)
            if key != keys[-1]:
                edges.append(day)
                keys.append(key)
        return Spans(tuple(edges), tuple(keys))

    def _on(self, rows: list[Meaning], day: int) -> str | None:
        valid = [row for row in rows if row.first <= day <= row.last]
        if valid:
            return _only({row.key for row in valid if not row.kept} or {row.key for row in valid})
        ended = max((row.last for row in rows if row.last < day), default=None)
        if ended is None:
            return None
        former = _only({row.key for row in rows if row.last == ended})
        if former is None or any(ended < since <= day for since in self._successions[former]):
            return None
        return former

    def differences(self, other: "Names") -> Iterator[Difference]:
        """What means something else in another edition, and when."""
        for kind, form in sorted(self._rows.keys() | other._rows.keys()):
            mine, theirs = self._of_form(kind, form), other._of_form(kind, form)
            if mine == theirs:
                continue
            edges = sorted({*mine.edges, *theirs.edges})
            days = [day for day in (-FOREVER, *edges) if mine.on(day) != theirs.on(day)]
            yield Difference(kind, form, days[0], _end(days[-1], edges))


def keys_before(changed: Collection[str], written: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Of names as they are written, each with the keys that it is counted under: the keys of those that mean something
    else by now. ``changed`` as :func:`schemas.reference.spelling.same` has them."""
    return sorted({key for name, keys in written if same(name) in changed for key in keys})


def _only(keys: set[str]) -> str | None:
    return next(iter(keys)) if len(keys) == 1 else None


def _end(day: int, edges: list[int]) -> int:
    """The last day of the span that begins on a day."""
    return next((edge - 1 for edge in edges if edge > day), FOREVER)


def _last(day: date | None) -> int:
    return FOREVER if day is None else day_number(day)


NO_NAMES = Names()
